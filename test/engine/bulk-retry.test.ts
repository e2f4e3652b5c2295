import { expect, test } from "vitest";
import { flowName, type IncidentId } from "#domain/ids.ts";
import type { Target } from "#domain/ports/tools.ts";
import type { Problem } from "#domain/problem.ts";
import { bulkOf, type RunState } from "#domain/run.ts";
import { makeEngine } from "#engine/engine.ts";
import { makeWorld, person, type World } from "../support/memory/world.ts";
import { changes, perform, through } from "./performing.ts";

const sameName: Problem = {
  class: "rejected",
  field: "name",
  code: "6240",
  message: "Duplicate Name Exists",
};
const key = (n: number): string => `Person ${String(n).padStart(4, "0")}`;

/** A flow whose target once refused all of these, a few at a time so that the circuit stays closed. */
async function withLetters(count: number, problem: Problem = sameName): Promise<World> {
  const world = makeWorld();
  for (let n = 0; n < count; n += 10) {
    for (let m = n; m < Math.min(count, n + 10); m += 1) world.source.put(key(m), person(key(m)));
    for (let m = 0; m < 30; m += 1) world.source.put(`Fine ${n} ${m}`, person(`Fine${n}x${m}`));
    world.target.refuse = ({ name }) => (String(name).startsWith("Person") ? problem : null);
    await perform(world);
  }
  expect(world.letters("open")).toHaveLength(count);
  return world;
}

const bulk = (incident: IncidentId | null = null) =>
  ({ kind: "retry", letters: [], bulk: { incident, taken: 0 } }) as const;

const incidentOf = (world: World): IncidentId => {
  const incident = world.letters()[0]?.incident;
  if (!incident) throw new Error("no incident");
  return incident;
};

test("one record, then ten, then the rest: each is written once", async () => {
  const world = await withLetters(150);
  world.target.refuse = () => null;
  const steps: number[] = [];
  const { takeMore } = world.ports.runs;
  world.ports.runs.takeMore = async (...args) => {
    const taken = await takeMore(...args);
    steps.push(taken.length);
    return taken;
  };
  const run = await perform(world, bulk(incidentOf(world)));
  expect(run.state).toEqual({ kind: "done" });
  expect(steps).toEqual([1, 10, 100, 39, 0]);
  expect(run.counts).toMatchObject({ read: 150, created: 150 });
  expect(world.letters("written")).toHaveLength(150);
  const names = world.target.live().map(({ fields }) => fields["name"]);
  expect(new Set(names).size).toBe(names.length);
});

test("it stops after one when the same cause returns, and leaves the others as they were", async () => {
  const world = await withLetters(40);
  const untouched = world.letters().slice(1);
  const run = await perform(world, bulk(incidentOf(world)));
  expect(run.state).toEqual({
    kind: "failed",
    reason: "Stopped after 1 of 40: books still says “Duplicate Name Exists”",
  });
  expect(world.letters("open")).toHaveLength(40);
  expect(world.letters().slice(1)).toEqual(untouched);
  expect(world.flow().state.kind).toBe("on");
});

test("it stops after eleven when the ten say that the cause is still there", async () => {
  const world = await withLetters(40);
  world.target.refuse = ({ name }) => (name === key(5) ? sameName : null);
  const run = await perform(world, bulk(incidentOf(world)));
  expect(run.state).toMatchObject({ reason: expect.stringMatching(/^Stopped after 11 of 40: /) });
  expect(world.letters("written")).toHaveLength(10);
  expect(world.letters("open")).toHaveLength(30);
});

test("another cause does not stop it, and of the rest a few may be refused again", async () => {
  const world = await withLetters(150);
  world.target.refuse = ({ name }) => {
    if (name === key(0)) return { ...sameName, code: "2050", message: "Too long" };
    return String(name).endsWith("9") && String(name) > key(20) ? sameName : null;
  };
  const run = await perform(world, bulk(incidentOf(world)));
  expect(run.state).toEqual({ kind: "done" });
  expect(run.counts).toMatchObject({ read: 150, deadLettered: 14, created: 136 });
});

test("where most of a page is refused again, the rest is not tried", async () => {
  const world = await withLetters(240);
  world.target.refuse = ({ name }) => (String(name) >= key(11) ? sameName : null);
  const run = await perform(world, bulk());
  expect(run.state).toMatchObject({
    reason: expect.stringMatching(/^Stopped after 111 of 240: /),
  });
  expect(world.letters("open")).toHaveLength(229);
});

test("paused, it rests until somebody says go on, and goes on where it was", async () => {
  const world = await withLetters(40);
  world.target.refuse = () => null;
  const { id } = await world.queue(bulk());
  const engine = makeEngine(world.ports);
  const { takeMore } = world.ports.runs;
  world.ports.runs.takeMore = async (...args) => {
    const taken = await takeMore(...args);
    if (taken.length === 10) await world.ports.runs.pause(id, "U2");
    return taken;
  };
  // The heart finds the wish at its next beat; the fake clock moves when something sleeps.
  const send = world.target.send;
  world.target.send = async (...args) => {
    await world.clock.sleep(2_500, new AbortController().signal);
    return send(...args);
  };
  expect(await engine.perform(id)).toEqual({ again: null, woken: [] });
  expect(world.run(id).state).toEqual({ kind: "paused", by: "U2" });
  expect(bulkOf(world.run(id))?.taken).toBe(11);
  expect(world.letters("written")).toHaveLength(11);
  expect(await engine.perform(id)).toEqual({ again: null, woken: [] });

  world.ports.runs.takeMore = takeMore;
  expect(await world.ports.runs.resume(id)).toBe(true);
  const run = await through(world, id, engine);
  expect(run.state).toEqual({ kind: "done" });
  expect(run.counts).toMatchObject({ read: 40, created: 40 });
});

test("a paused one can be cancelled, and what it did not come to was never touched", async () => {
  const world = await withLetters(40);
  const { id } = await world.queue(bulk());
  await world.ports.runs.pause(id, "U2");
  expect(await world.ports.runs.cancel(id, "U3", world.clock.now())).toBe(true);
  expect(world.run(id).state).toEqual({ kind: "cancelled", by: "U3" });
  expect(world.letters("open")).toHaveLength(40);
});

/** Cancelled as soon as the tool has done the first of it; it answers only later. */
async function cancelled(repeat: Target["repeat"], answersAfterMs: number) {
  const world = await withLetters(40);
  const { target, clock, ports } = world;
  Object.assign(target, { refuse: () => null, repeat });
  const { id } = await world.queue(bulk());
  const { send } = target;
  let since: number | null = null;
  target.send = async (request, calls, heard) => {
    const sent = await send(request, calls, heard);
    if (since === null) await ports.runs.cancel(id, "U3", clock.now());
    since ??= clock.ms();
    await clock.sleep(answersAfterMs, calls);
    return sent;
  };
  expect(await makeEngine(ports).perform(id)).toEqual({ again: null, woken: [] });
  expect(world.run(id).state).toEqual({ kind: "cancelled", by: "U3" });
  target.send = send;
  return { world, tookMs: clock.ms() - (since ?? 0) };
}

test.each(["request_id", "upsert", "lookup"] as const)(
  "cancelled, it waits for no tool that thinks for a minute; what it did is found later by %s",
  async (repeat) => {
    const { world, tookMs } = await cancelled(repeat, 60_000);
    expect(tookMs).toBeLessThan(5_000);
    expect(world.letters("open")).toHaveLength(40);
    const there = world.target.live().length;
    await perform(world, changes);
    expect(world.letters("open")).toHaveLength(39);
    expect(world.target.live()).toHaveLength(there);
    await perform(world, bulk());
    expect(world.letters("open")).toEqual([]);
    const names = world.target.live().map(({ fields }) => fields["name"]);
    expect(new Set(names).size).toBe(names.length);
  },
);

test("cancelled, it hears what the tool answers within seconds", async () => {
  const { world, tookMs } = await cancelled("lookup", 2_500);
  expect(tookMs).toBeLessThan(5_000);
  expect(world.letters("written")).toHaveLength(1);
});

test("a sync of the flow that is due goes first", async () => {
  const world = await withLetters(40);
  world.target.refuse = () => null;
  const { id } = await world.queue(bulk());
  const sync = await world.queue(changes);
  const engine = makeEngine(world.ports);
  const { again } = await engine.perform(id);
  expect(again).not.toBeNull();
  expect(world.run(id).state).toMatchObject({
    kind: "waiting",
    reason: "Another run of this flow goes first",
  });
  expect((await through(world, sync.id, engine)).state.kind).toBe("done");
  expect((await through(world, id, engine)).state.kind).toBe("done");
});

test("what the source tells nothing of is open again when the next are taken", async () => {
  const world = await withLetters(30);
  world.target.refuse = () => null;
  const read = world.source.read;
  world.source.read = async (ids, signal) =>
    (await read(ids, signal)).filter(({ id }) => id !== key(3));
  const run = await perform(world, bulk());
  expect(run.state).toEqual({ kind: "done" });
  expect(world.letters("open").map((letter) => letter.key)).toEqual([key(3)]);
});

test("what a worker that died had in hand is tried first, and the rest goes on from there", async () => {
  const world = await withLetters(150);
  world.target.refuse = () => null;
  const { id } = await world.queue(bulk());
  const dead = await world.ports.runs.claim(id, world.clock.now(), 15_000);
  if (dead === undefined) throw new Error("not claimed");
  await world.ports.runs.turn(id, dead.epoch, { kind: "running" }, world.clock.now());
  const inHand = await world.ports.runs.takeMore(id, dead.epoch, 1, world.clock.now());
  expect(inHand).toHaveLength(1);
  world.clock.pass(60_000);
  const steps: number[] = [];
  const { takeMore } = world.ports.runs;
  world.ports.runs.takeMore = (run, epoch, most, at) => {
    steps.push(most);
    return takeMore(run, epoch, most, at);
  };

  const run = await through(world, id, makeEngine(world.ports));

  expect(steps).toEqual([10, 100, 100, 100]);
  expect(run.counts).toMatchObject({ read: 150, created: 150 });
  expect(world.links().has(key(0))).toBe(true);
  expect(world.letters("written")).toHaveLength(150);
});

const now = makeWorld().clock.now();
test.each<[string, RunState]>([
  ["waits for another hour", { kind: "waiting", reason: "quota", until: now.add({ hours: 1 }) }],
  ["was left running by a worker that died", { kind: "running" }],
])("it gives way to what is due of its own flow, and not to a run that %s", async (_what, state) => {
  const world = await withLetters(40);
  world.target.refuse = () => null;
  const another = { ...world.flow(), name: flowName("another") };
  world.memory.flows.set(another.name, another);
  const sync = { kind: "sync", full: false, approved: null } as const;
  const asked = { trigger: { kind: "schedule" }, work: sync, channel: null } as const;
  await world.ports.runs.queue({ ...asked, flow: another.name }, world.clock.now());
  const { run: due } = await world.ports.runs.queue({ ...asked, flow: world.flow().name }, world.clock.now()); // prettier-ignore
  const { id } = await world.queue(bulk());
  const engine = makeEngine(world.ports);

  Object.assign(world.run(due.id), { state: { kind: "waiting", reason: "quota", until: world.clock.now() } }); // prettier-ignore
  await engine.perform(id);
  expect(world.run(id).state).toMatchObject({ reason: "Another run of this flow goes first" });

  Object.assign(world.run(due.id), { state });
  world.clock.pass(600_000);
  expect((await through(world, id, engine)).state).toEqual({ kind: "done" });
}); // prettier-ignore
