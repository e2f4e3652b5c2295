import { expect, test } from "vitest";
import { RetryLater, SignInAgain } from "#domain/errors.ts";
import { makeEngine } from "#engine/engine.ts";
import { makeWorld, person, type World } from "../support/memory/world.ts";
import { everything, perform } from "./performing.ts";

/** Whoever is told: each try is answered with the next of these, and with 204 once there are none left. */
function outside(...answers: number[]): World {
  const world = makeWorld({ deletes: "archive", match: [] });
  const { target, clock } = world;
  const { send } = target;
  Object.assign(target, { batch: 1, keyed: true, searchable: [], endpoint: true });
  target.send = (request, signal, heard) => {
    const status = answers.shift() ?? 204;
    heard?.({ at: clock.now(), status, ms: 1, answer: "" }, null);
    if (status === 429) throw new RetryLater("Wait", 900_000);
    if (status === 410) throw new SignInAgain("Gone");
    if (status === 500) return Promise.resolve({ kind: "unknown", reason: "500" });
    if (status !== 422) return send(request, signal);
    const problem = { class: "rejected", field: null, code: null, message: "No" } as const;
    return Promise.resolve({ kind: "each", outcomes: [{ kind: "rejected", problem }] });
  };
  return world;
}
const log = ({ memory }: World) =>
  memory.sendings.map(({ type, subject, event, attempt }) => ({ type, subject, event, status: attempt.status })); // prettier-ignore
const idsIn = (world: World) => [...new Set(log(world).map(({ event }) => event))];

test("each event that leaves is in the log, with the page that it was written by", async () => {
  const world = outside();
  world.source.put("1", person("Ada"));
  world.source.put("2", person("Grace"));
  await perform(world, everything);
  world.source.put("1", person("Ada", { phone: "+33142685300" }));
  world.source.remove("2");
  await perform(world, everything);
  expect(log(world)).toMatchObject([
    { type: "customer.created", subject: "1", status: 204 },
    { type: "customer.created", subject: "2", status: 204 },
    { type: "customer.changed", subject: "1", status: 204 },
    { type: "customer.gone", subject: "2", status: 204 },
  ]);
  expect(idsIn(world)).toHaveLength(4);
  expect(world.memory.sendings[0]).toMatchObject({
    connection: "books",
    object: "customers",
    subscription: null,
    write: { kind: "create", key: "1", fields: { name: "Ada" } },
  });
});

test("what is refused is in the log and needs a hand; once that is given it is another event", async () => {
  const world = outside(422);
  world.source.put("1", person("Ada"));
  const run = await perform(world, everything);
  expect(run.counts).toMatchObject({ read: 1, deadLettered: 1 });
  const [letter] = world.letters("open");
  await perform(world, { kind: "retry", letters: [letter!.id] });
  expect(log(world).map(({ status }) => status)).toEqual([422, 204]);
  expect(idsIn(world)).toHaveLength(2);
});

test.each([
  ["asks us to wait", [429, 429], [429, 429, 204]],
  ["fails for a while", [500, 500, 500, 500, 500, 500], [500, 500, 500, 500, 500, 500, 204]],
])("whoever %s is told the same event until it is taken", async (_what, answers, statuses) => {
  const world = outside(...answers);
  world.source.put("1", person("Ada"));
  const run = await perform(world, everything);
  expect(run).toMatchObject({ state: { kind: "done" }, counts: { created: 1 } });
  expect(log(world).map(({ status }) => status)).toEqual(statuses);
  expect(idsIn(world)).toHaveLength(1);
});

test("where the flow is paused the event waits, and goes out under its id once it is resumed", async () => {
  const world = outside(410);
  world.source.put("1", person("Ada"));
  expect((await perform(world, everything)).state.kind).toBe("failed");
  await world.ports.registry.turnFlow(world.flow().name, { kind: "on" });
  await perform(world, everything);
  expect(log(world).map(({ status }) => status)).toEqual([410, 204]);
  expect(idsIn(world)).toHaveLength(1);
});

test("a worker killed before its page is stored leaves the line to the next one, under the same id", async () => {
  const world = outside();
  world.source.put("1", person("Ada"));
  const { commit } = world.ports.ledger;
  world.ports.ledger.commit = () => Promise.reject(new Error("killed"));
  await makeEngine(world.ports).perform((await world.queue(everything)).id);
  const sent = world.target.sent.map(({ id }) => id);
  expect(log(world)).toEqual([]);
  world.ports.ledger.commit = commit;
  await perform(world, everything);
  expect(log(world)).toMatchObject([{ type: "customer.created", event: sent[0], status: 204 }]);
  expect(new Set(world.target.sent.map(({ id }) => id))).toEqual(new Set(sent));
});

test("of a tool that is nobody to be told there is no log", async () => {
  const world = makeWorld();
  world.source.put("1", person("Ada"));
  await perform(world, everything);
  expect(log(world)).toEqual([]);
});
