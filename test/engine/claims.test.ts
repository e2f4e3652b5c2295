import { expect, test } from "vitest";
import { NotPermitted, QuotaSpent, RetryLater, SignInAgain, Unavailable } from "#domain/errors.ts";
import { imbalance } from "#domain/run.ts";
import { makeEngine } from "#engine/engine.ts";
import { populated, systemic } from "./populated.ts";
import { changes, everything, perform, through } from "./performing.ts";

test("a run that is asked to wait waits, and goes on where it was", async () => {
  const world = populated(30);
  let sent = 0;
  world.target.fault = () => ((sent += 1) === 3 ? new RetryLater("slow down", 60_000) : "none");
  const { id } = await world.queue(changes);
  const engine = makeEngine(world.ports);

  const { again } = await engine.perform(id);

  expect(world.run(id).state).toMatchObject({ kind: "waiting", reason: "slow down" });
  expect(again?.since(world.clock.now()).total("seconds")).toBe(60);
  expect(world.letters()).toEqual([]);
  expect(world.memory.intents).toEqual([]);
  expect(imbalance(world.run(id).counts)).toBe(0);
  expect(await engine.perform(id)).toEqual({ again, woken: [] });

  const run = await through(world, id, engine);
  expect(run.state.kind).toBe("done");
  expect(run.counts.created).toBe(30);
  expect(world.target.live().length).toBe(30);
});

test("a spent quota waits for its time; one without a time pauses the flow", async () => {
  for (const known of [true, false]) {
    const world = populated(1);
    const until = world.clock.now().add({ hours: 6 });
    world.source.fault = () => {
      throw new QuotaSpent("the day's allowance is gone", known ? until : null);
    };
    const { id } = await world.queue(changes);
    const { again } = await makeEngine(world.ports).perform(id);
    expect(again?.toString()).toBe(known ? until.toString() : undefined);
    expect(world.run(id).state.kind).toBe(known ? "waiting" : "failed");
    expect(world.flow().state.kind).toBe(known ? "on" : "paused");
    expect((await systemic(world)).length).toBe(1);
  }
});

test("a tool that is down is asked ever more rarely; people are told when it lasts, and when it is over", async () => {
  const world = populated(3);
  let down = true;
  world.source.fault = () => {
    if (down) throw new Unavailable("CRM does not answer");
  };
  const { id } = await world.queue(changes);
  const engine = makeEngine(world.ports);
  const told: number[] = [];
  for (let attempt = 1; attempt <= 8; attempt += 1) {
    const { again } = await engine.perform(id);
    const wait = again?.since(world.clock.now()).total("seconds") ?? 0;
    expect(wait).toBeGreaterThanOrEqual(1);
    expect(wait).toBeLessThanOrEqual(900);
    world.clock.pass(wait * 1_000);
    told.push((await systemic(world)).length);
  }
  expect(told.slice(0, 3)).toEqual([0, 0, 1]);
  expect(told.at(-1)).toBe(1);
  expect(world.flow().state.kind).toBe("on");

  down = false;
  expect((await through(world, id, engine)).state.kind).toBe("done");
  expect(await systemic(world)).toEqual([]);
});

test.each([
  [new SignInAgain("sign in to CRM again"), "SignInAgain"],
  [new NotPermitted("the scope contacts.write is missing"), "NotPermitted"],
])("%s pauses the flow with one incident and no dead letter", async (error, name) => {
  const world = populated(30);
  world.target.fault = () => error;

  const run = await perform(world);

  expect(run.state).toEqual({ kind: "failed", reason: error.message });
  expect(world.flow().state).toMatchObject({ kind: "paused", reason: error.message, held: false });
  expect(await systemic(world)).toMatchObject([{ subject: { error: name } }]);
  expect(world.letters()).toEqual([]);
  expect(world.memory.intents).toEqual([]);
  expect((await perform(world)).state).toMatchObject({ kind: "cancelled" });
});

test("a cancelled run ends after the page in hand, and what was sent is stored", async () => {
  const world = populated(100);
  const { id } = await world.queue(changes);
  world.target.fault = () => {
    if (world.target.sent.length === 4) void world.ports.runs.cancel(id, "U2", world.clock.now());
    return "none";
  };
  const send = world.target.send.bind(world.target);
  world.target.send = async (request, signal) => {
    await world.clock.sleep(2_000, signal);
    return send(request, signal);
  };

  await makeEngine(world.ports).perform(id);

  const run = world.run(id);
  expect(run.state).toEqual({ kind: "cancelled", by: "U2" });
  expect(run.counts.created).toBe(world.target.live().length);
  expect(run.counts.created).toBeGreaterThan(0);
  expect(run.counts.created).toBeLessThan(100);
  expect(world.memory.intents).toEqual([]);
});

test("cancelling ends a read that never comes back", async () => {
  const world = populated(3);
  const { id } = await world.queue(changes);
  world.source.pages = async function* (_from, { signal }) {
    await world.clock.sleep(10 * 24 * 3_600_000, signal);
    yield* [];
  };
  const performing = makeEngine(world.ports).perform(id);
  await world.clock.sleep(20_000, new AbortController().signal);
  await world.ports.runs.cancel(id, "U2", world.clock.now());

  expect(await performing).toEqual({ again: null, woken: [] });
  expect(world.run(id).state).toEqual({ kind: "cancelled", by: "U2" });
});

test("what nobody foresaw fails the run loudly and leaves the flow on", async () => {
  const world = populated(3);
  world.source.fault = () => {
    throw new TypeError("undefined is not a function");
  };

  const run = await perform(world);

  expect(run.state).toMatchObject({ kind: "failed" });
  expect(world.flow().state.kind).toBe("on");
  expect(await systemic(world)).toMatchObject([{ subject: { error: "internal" } }]);
  expect(world.logged.map(({ level }) => level)).toContain("error");
});

test("books that do not balance fail the run", async () => {
  const world = populated(3);
  const { commit } = world.ports.ledger;
  world.ports.ledger.commit = (page) =>
    commit({ ...page, counts: { ...page.counts, created: page.counts.created - 1 } });

  const run = await perform(world);

  expect(run.state).toMatchObject({ kind: "failed" });
  expect(await systemic(world)).toMatchObject([{ subject: { error: "books" } }]);
});

test("a run is told of at its start and at its end, however long it takes", async () => {
  const world = populated(100);
  const send = world.target.send.bind(world.target);
  world.target.send = async (request, signal) => {
    await world.clock.sleep(1_000, signal);
    return send(request, signal);
  };
  const { id } = await world.queue(changes, "C1");
  await makeEngine(world.ports).perform(id);
  expect(world.memory.told.filter(({ kind }) => kind === "run")).toEqual(Array(2).fill({ kind: "run", id })); // prettier-ignore
  expect(world.run(id).total).toBe(100);
});

test("the next pages are read while some are written, and no more of them than a few", async () => {
  const world = populated(6_000);
  world.source.pageSize = 100;
  let most = 0;
  const { commit } = world.ports.ledger;
  let stored = 0;
  world.ports.ledger.commit = (page) => {
    stored += page.counts.read;
    most = Math.max(most, world.source.reads * 100 - stored);
    return commit(page);
  };
  const send = world.target.send.bind(world.target);
  world.target.send = async (request, signal) => {
    await world.clock.sleep(100, signal);
    return send(request, signal);
  };

  await perform(world, everything);

  // At most a thousand that are worked on at once, and as many again that wait for their turn.
  expect(most).toBeGreaterThanOrEqual(200);
  expect(most).toBeLessThanOrEqual(2_100);
});
