import { expect, test } from "vitest";
import type { SendFault } from "../support/memory/target.ts";
import { makeWorld, person } from "../support/memory/world.ts";
import { everything, perform } from "./performing.ts";

test("a batch that is refused whole is halved until each record is classified", async () => {
  const world = makeWorld();
  world.source.pageSize = 64;
  world.target.batch = 32;
  world.target.wholeBatches = true;
  for (let n = 0; n < 64; n += 1) world.source.put(`k${n}`, person(`P${n}`));
  world.target.refuse = ({ name }) =>
    name === "P7" || name === "P40"
      ? { class: "rejected", field: null, code: null, message: `${String(name)} is bad` }
      : null;

  const run = await perform(world);

  expect(run.counts).toMatchObject({ read: 64, created: 62, deadLettered: 2 });
  expect(
    world
      .letters()
      .map(({ key }) => key)
      .sort(),
  ).toEqual(["k40", "k7"]);
  expect(world.memory.intents).toEqual([]);
});

test.each(["lookup", "request_id", "nothing"] as const)(
  "%s: what was created stays one record where the updates beside it are refused whole",
  async (repeat) => {
    const world = makeWorld({ match: [] });
    world.target.repeat = repeat;
    world.target.batch = 8;
    world.target.wholeBatches = true;
    for (let n = 0; n < 4; n += 1) world.source.put(`old${n}`, person(`Old ${n}`));
    await perform(world);
    world.target.refuse = ({ name }) =>
      name === "Bad" ? { class: "rejected", field: null, code: null, message: "Bad is bad" } : null;
    for (let n = 0; n < 4; n += 1) {
      world.source.put(`old${n}`, person(n === 1 ? "Bad" : `Older ${n}`));
      world.source.put(`new${n}`, person(`New ${n}`));
    }

    const run = await perform(world);

    expect(run.counts).toMatchObject({ read: 8, created: 4, updated: 3, deadLettered: 1 });
    expect(world.target.live().length).toBe(8);
  },
);

test("never more requests in flight than the target takes", async () => {
  const world = makeWorld();
  world.source.pageSize = 60;
  world.target.batch = 3;
  world.target.parallel = 4;
  for (let n = 0; n < 60; n += 1) world.source.put(`k${n}`, person(`P${n}`));
  let inFlight = 0;
  let most = 0;
  const send = world.target.send.bind(world.target);
  world.target.send = async (request, signal) => {
    inFlight += 1;
    most = Math.max(most, inFlight);
    await world.clock.sleep(10, signal);
    inFlight -= 1;
    return send(request, signal);
  };

  await perform(world);

  expect(most).toBe(4);
});

const faults: SendFault[] = ["lost before", "lost after"];
const repeats = ["request_id", "upsert", "lookup"] as const;

test.each(repeats.flatMap((repeat) => faults.map((fault) => [repeat, fault] as const)))(
  "%s: an answer %s the write ends in exactly one record",
  async (repeat, fault) => {
    const world = makeWorld();
    world.target.repeat = repeat;
    world.target.lagMs = 5_000;
    for (let n = 0; n < 7; n += 1) world.source.put(`k${n}`, person(`P${n}`));
    let lost = 0;
    world.target.fault = () => ((lost += 1) <= 2 ? fault : "none");

    const run = await perform(world);

    expect(run.counts).toMatchObject({ read: 7, created: 7 });
    expect(world.target.live().length).toBe(7);
    expect(world.memory.intents).toEqual([]);
  },
);

test("what a crash left without an answer is known again in the tool's own form, though its source has another e-mail by now", async () => {
  const world = makeWorld();
  world.target.repeat = "lookup";
  world.target.keeps = (fields) => ({ ...fields, name: String(fields["name"]).toLowerCase() });
  world.source.put("a", person("Ada"));
  const { commit } = world.ports.ledger;
  world.ports.ledger.commit = () => Promise.reject(new Error("the connection was lost"));
  expect((await perform(world)).state.kind).toBe("failed");
  world.ports.ledger.commit = commit;
  world.source.put("a", { ...person("Ada"), email: "lovelace@example.com" });

  await perform(world);

  expect(world.target.live()).toMatchObject([{ fields: { email: "lovelace@example.com" } }]);
  expect((await perform(world, everything)).counts).toMatchObject({ read: 1, unchanged: 1 });
});

test("what may be somebody else's is written over, even if it looks like a form of ours", async () => {
  const world = makeWorld();
  world.target.repeat = "lookup";
  world.source.put("a", person("Ada"));
  const { commit } = world.ports.ledger;
  world.ports.ledger.commit = () => Promise.reject(new Error("the connection was lost"));
  world.target.fault = () => "lost before";
  await perform(world);
  world.ports.ledger.commit = commit;
  world.target.fault = () => "none";
  world.target.put({ ...person("Ada"), name: "ad" });

  await perform(world);

  expect(world.target.live()).toMatchObject([{ fields: { name: "Ada" } }]);
});

test("a target that cannot tell leaves a dead letter, and no sync ever sends that record again", async () => {
  const world = makeWorld({ match: [] });
  world.target.repeat = "nothing";
  world.target.batch = 1;
  for (const name of ["Ada", "Bob"]) world.source.put(name, person(name));
  let lost = 0;
  world.target.fault = () => ((lost += 1) === 1 ? "lost after" : "none");

  const run = await perform(world);
  expect(run.counts).toMatchObject({ created: 1, deadLettered: 1 });
  expect(world.letters()[0]?.problem.class).toBe("ambiguous_write");

  world.source.put("Ada", person("Ada", { phone: "+33170189900" }));
  world.source.put("Bob", person("Bob", { phone: "+33170189900" }));
  await perform(world);
  expect(world.target.live().length).toBe(2);
  expect(world.letters("open").length).toBe(1);

  world.target.fault = () => "none";
  const letters = world.openLetters();
  const retry = await perform(world, { kind: "retry", letters });
  expect(retry.counts).toMatchObject({ read: 1, created: 1 });
});

test("a record in doubt that comes twice in one run is not sent a second time", async () => {
  const world = makeWorld({ match: [] });
  world.target.repeat = "nothing";
  world.source.put("Ada", person("Ada"));
  let lost = 0;
  world.target.fault = () => ((lost += 1) === 1 ? "lost after" : "none");
  const { pages } = world.source;
  // Told of by an event, and in what has changed as well.
  world.source.pages = async function* (from, about) {
    yield* pages(from, about);
    yield* pages(from, about);
  };

  const run = await perform(world);
  expect(run.counts).toMatchObject({ read: 2, created: 0, deadLettered: 2 });
  expect(world.target.live().length).toBe(1);
  expect(world.letters("open").length).toBe(1);
});

test("what stays unknown makes the run wait, and its intent is settled by the next claim", async () => {
  const world = makeWorld();
  world.source.put("a", person("Ada"));
  let lost = 0;
  world.target.fault = () => ((lost += 1) <= 7 ? "lost after" : "none");

  const run = await perform(world);

  expect(run.state.kind).toBe("done");
  expect(run.counts.created).toBe(1);
  expect(world.target.live().length).toBe(1);
  expect(world.memory.intents).toEqual([]);
});

test("a defect is told in our own words, which hold no record", async () => {
  const world = makeWorld();
  world.source.put("k1", person("Ada"));
  world.target.fault = () => new TypeError("Failed query\nparams: Ada, 12 Mill Lane");

  const run = await perform(world);

  const reason = "Something went wrong on our side; the log says what.";
  expect(run.state).toEqual({ kind: "failed", reason });
  const [incident] = await world.ports.incidents.open();
  expect(incident?.subject).toEqual({ kind: "systemic", error: "internal", message: reason });
});
