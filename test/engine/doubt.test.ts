import { expect, test } from "vitest";
import { answerMs } from "#domain/answer-time.ts";
import { Unavailable } from "#domain/errors.ts";
import type { Fields } from "#domain/fields.ts";
import type { Write, WriteRequest } from "#domain/record.ts";
import type { Claimed } from "#engine/claimed.ts";
import { makeDoubt } from "#engine/doubt.ts";
import { makeSendings } from "#engine/sendings.ts";
import { makeMatcher } from "#engine/matcher.ts";
import type { Outcome } from "#engine/outcome.ts";
import { makeRecent } from "#engine/recent.ts";
import type { SendFault } from "../support/memory/target.ts";
import { makeWorld, person } from "../support/memory/world.ts";
import { inHand } from "./in-hand.ts";

const create = (key: string, fields: Fields = person(key)): Write => ({ kind: "create", key, hash: "h", fields }); // prettier-ignore
const update = (key: string, id: string): Write => ({ kind: "update", key, hash: "h", id, version: null, fields: { notes: "new" } }); // prettier-ignore

/** A request of which nobody knows whether it was carried out. */
function inDoubt(
  repeat: "request_id" | "upsert" | "lookup" | "nothing",
  faults: SendFault[] = [],
  more: Partial<Claimed> = {},
) {
  const world = makeWorld();
  const { target } = world;
  target.repeat = repeat;
  const waits: number[] = [];
  let meanwhile: (ms: number) => void = () => undefined;
  const clock = {
    ...world.clock,
    async sleep(ms: number, signal: AbortSignal) {
      signal.throwIfAborted();
      waits.push(ms);
      world.clock.pass(ms);
      meanwhile(ms);
    },
  };
  let sends = 0;
  target.fault = () => faults[(sends += 1) - 1] ?? "none";
  const chance = { ...world.ports.chance, fraction: () => 0 };
  const claimed = inHand(world, more);
  const ports = { ...world.ports, clock, chance };
  const doubt = makeDoubt(ports, claimed, makeMatcher(ports, claimed, makeRecent()), makeSendings(claimed)); // prettier-ignore
  const told: [string, Outcome][] = [];
  return {
    world,
    target,
    waits,
    told,
    jitter: (fraction: number) => (chance.fraction = () => fraction),
    sends: () => sends,
    /** Something that happens in each wait. */
    while: (happens: (ms: number) => void) => void (meanwhile = happens),
    clear: (...writes: Write[]) =>
      doubt({ id: "request-1", writes }, "no answer", ({ key }, outcome) => void told.push([key, outcome])), // prettier-ignore
  };
}
const stillUnknown = "The target does not say whether it wrote: the connection was reset";

test.each(["request_id", "upsert"] as const)(
  "%s: the same request is sent again until it is answered",
  async (repeat) => {
    const { clear, target, waits, told, sends } = inDoubt(repeat, ["lost before", "lost before"]);
    const request: WriteRequest = { id: "request-1", writes: [create("Ada")] };
    const cleared = await clear(...request.writes);
    expect(cleared).toEqual({ kind: "sent", request, sent: { kind: "each", outcomes: [{ kind: "accepted", id: "t1", version: "1" }] } }); // prettier-ignore
    expect([sends(), target.sent.length, target.live().length]).toEqual([3, 1, 1]);
    expect(waits).toEqual([200, 200, 200]);
    // Whoever sent it tells what came of it.
    expect(told).toEqual([]);
  },
);

test("it is asked ever more rarely, and given up after four times", async () => {
  const lost: SendFault[] = ["lost after", "lost after", "lost after", "lost before"];
  const { clear, waits, jitter, sends } = inDoubt("request_id", lost);
  jitter(1);
  await expect(clear(create("Ada"))).rejects.toThrow(new Unavailable(stillUnknown));
  expect(sends()).toBe(4);
  expect(waits).toEqual([1_000, 2_000, 4_000, 8_000]);
});

test("where nothing can be told every record of the request is a person's to decide", async () => {
  const { clear, told, sends } = inDoubt("nothing");
  expect(await clear(create("Ada"), update("Bob", "t1"))).toEqual({ kind: "settled" });
  expect(told.map(([key, outcome]) => [key, outcome.kind])).toEqual([["Ada", "rejected"], ["Bob", "rejected"]]); // prettier-ignore
  expect(told[0]?.[1]).toMatchObject({ problem: { code: "MAYBE_WRITTEN", message: expect.stringContaining("no answer") } }); // prettier-ignore
  expect(sends()).toBe(0);
});

test("what is found is ours, what is not found is made, and what is another's is decided anew", async () => {
  const { clear, target, told, world, waits } = inDoubt("lookup");
  target.lagMs = 5_000;
  const ada = target.put(person("Ada"));
  target.put({ ...person("Bob"), name: "Robert" });
  target.put(person("Cid"));
  target.put(person("Cid"));
  const writes = ["Ada", "Bob", "Cid", "Dan"].map((key) => create(key));
  const cleared = await clear(...writes, create("Eve", { name: "Eve" }), update("Fay", ada));

  expect(told).toMatchObject([
    ["Ada", { kind: "accepted", id: ada, version: "1" }],
    // Nobody can look for one without an address.
    ["Eve", { kind: "rejected", problem: { code: "MAYBE_WRITTEN" } }],
    ["Bob", { kind: "again" }],
    ["Cid", { kind: "again" }],
  ]);
  // Of Bob, Cid and Dan one may still come as long as the tool may be at work on it.
  expect(waits).toEqual([5_000, answerMs]);
  // The rest goes in a request of its own, of which a crash leaves a trace.
  if (cleared.kind !== "sent") throw new Error("nothing was sent");
  expect(cleared.request.writes.map(({ key }) => key)).toEqual(["Dan", "Fay"]);
  expect(cleared.request.id).not.toBe("request-1");
  expect(cleared.sent).toMatchObject({ kind: "each", outcomes: [{ kind: "accepted" }, { kind: "accepted" }] }); // prettier-ignore
  expect(world.memory.intents).toMatchObject([{ flow: "people", request: cleared.request }]);
});

test("where all is found nothing is sent, and nobody waits any longer", async () => {
  const { clear, target, sends, waits } = inDoubt("lookup");
  target.put(person("Ada"));
  expect(await clear(create("Ada"))).toEqual({ kind: "settled" });
  expect([sends(), waits]).toEqual([0, [0]]);
});

test("one that the tool was still at work on is found once it may be through with it", async () => {
  const { clear, target, told, sends, while: meanwhile } = inDoubt("lookup");
  meanwhile((ms) => ms === answerMs && target.put(person("Ada")));
  expect(await clear(create("Ada"))).toEqual({ kind: "settled" });
  expect(told).toMatchObject([["Ada", { kind: "accepted", id: "t1" }]]);
  expect([sends(), target.live().length]).toEqual([0, 1]);
});

test("an update is made again at once, which makes it no second one", async () => {
  const { clear, target, waits } = inDoubt("lookup");
  await clear(update("Ada", target.put(person("Ada"))));
  expect(waits).toEqual([0]);
});

test("whoever stops the run waits for nothing, and nothing is made anew", async () => {
  const stop = new AbortController();
  const { clear, sends, while: meanwhile } = inDoubt("lookup", [], { stop: stop.signal });
  meanwhile(() => stop.abort(new Error("stopped")));
  await expect(clear(create("Ada"))).rejects.toThrow("stopped");
  expect(sends()).toBe(0);
});

test("what the second request left in doubt is looked for again, and never made twice", async () => {
  const { clear, target, told, sends, world } = inDoubt("lookup", ["lost before", "lost after"]);
  expect(await clear(create("Ada"), create("Bob"))).toEqual({ kind: "settled" });
  expect(told.map(([key, { kind }]) => [key, kind])).toEqual([["Ada", "accepted"], ["Bob", "accepted"]]); // prettier-ignore
  expect([sends(), target.live().length]).toEqual([2, 2]);
  expect(new Set(world.memory.intents.map(({ request }) => request.id)).size).toBe(2);
});

test("four answers that are lost leave it unknown", async () => {
  const { clear, sends, waits } = inDoubt("lookup", Array<SendFault>(9).fill("lost before"));
  await expect(clear(create("Ada"))).rejects.toThrow(new Unavailable(stillUnknown));
  expect([sends(), waits.filter((ms) => ms === answerMs).length]).toEqual([4, 4]);
});
