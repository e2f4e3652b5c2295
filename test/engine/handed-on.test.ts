import { expect, test } from "vitest";
import { RetryLater, StoreAway } from "#domain/errors.ts";
import type { PageOutcome } from "#domain/ports/ledger.ts";
import { imbalance } from "#domain/run.ts";
import { makeEngine } from "#engine/engine.ts";
import { changes, everything, perform, through } from "./performing.ts";
import { populated, systemic } from "./populated.ts";

test("another worker takes a run over only when its worker gives no sign of life", async () => {
  const world = populated(3);
  const { id } = await world.queue(changes);
  await world.ports.runs.claim(id, world.clock.now(), 30_000);

  const { again } = await makeEngine(world.ports).perform(id);
  expect(again).not.toBeNull();
  expect(world.run(id).counts.read).toBe(0);

  world.clock.pass(31_000);
  await makeEngine(world.ports).perform(id);
  expect(world.run(id).state.kind).toBe("done");
});

test("a worker whose run was taken over stores nothing more and ends quietly", async () => {
  const world = populated(20);
  const { id } = await world.queue(changes);
  const first = world.target.fault;
  world.target.fault = () => {
    world.target.fault = first;
    // As if this worker had been asleep for long: the beat is old, another one claims the run.
    world.memory.epochs.set(world.flow().name, 9);
    return "none";
  };

  // Nobody knows which run of the flow the other has taken, so this one is looked at again.
  expect((await makeEngine(world.ports).perform(id)).again).not.toBeNull();

  expect(world.run(id).state.kind).toBe("running");
  expect(world.links().size).toBe(0);
  expect(world.run(id).counts.read).toBe(0);
});

test("a run is taken up again after another run of its flow was taken in its place", async () => {
  const world = populated(20);
  const { id } = await world.queue(changes);
  const other = await world.ports.runs.carryOut(world.flow().name, "U1", world.clock.now());
  const first = world.target.fault;
  let took: Promise<unknown> = Promise.resolve();
  world.target.fault = () => {
    world.target.fault = first;
    world.clock.pass(31_000);
    took = world.ports.runs.claim(other.id, world.clock.now(), 15_000);
    return "none";
  };
  const engine = makeEngine(world.ports);
  const { again } = await engine.perform(id);
  expect(await took).toBeDefined();
  expect(again).not.toBeNull();

  world.clock.pass(31_000);
  await through(world, other.id, makeEngine(world.ports));
  expect((await through(world, id, engine)).state.kind).toBe("done");
  expect(world.target.live().length).toBe(20);
});

test("a full read that was interrupted goes on where it was, in another process too", async () => {
  const world = populated(100);
  await perform(world);
  const { id } = await world.queue(everything);
  let reads = 0;
  world.source.fault = () => {
    if ((reads += 1) === 8) throw new RetryLater("slow down", 1_000);
  };
  await makeEngine(world.ports).perform(id);
  expect(world.run(id).counts.read).toBe(70);
  world.clock.pass(1_000);

  const run = await through(world, id, makeEngine(world.ports));

  expect(run.counts).toMatchObject({ read: 100, unchanged: 100 });
  expect((await perform(world, everything)).counts.read).toBe(100);
});

test("a process that ends hands the run back after the page in hand, and the next one goes on", async () => {
  const world = populated(300);
  let sent = 0;
  world.target.fault = () => {
    if ((sent += 1) === 2) world.close();
    return "none";
  };
  const { id } = await world.queue(changes);
  await makeEngine(world.ports).perform(id);
  expect(world.run(id).state).toMatchObject({
    kind: "waiting",
    reason: "Tieline was stopped and goes on when it is started again",
  });
  expect(imbalance(world.run(id).counts)).toBe(0);
  expect(world.target.live().length).toBeLessThan(300);

  const next = makeEngine({ ...world.ports, closing: new AbortController().signal });
  const run = await through(world, id, next);
  expect(run.state.kind).toBe("done");
  expect(world.target.live().length).toBe(300);
});

test("a store that is away for a moment is nobody's fault: the run goes on where it was, and nobody is told", async () => {
  for (const error of [
    new StoreAway("restarted"),
    new Error("query", { cause: new StoreAway("") }),
  ]) {
    const world = populated(30);
    let commits = 0;
    const commit = (page: PageOutcome): Promise<void> =>
      (commits += 1) === 2 ? Promise.reject(error) : world.ports.ledger.commit(page);
    const engine = makeEngine({
      ...world.ports,
      ledger: { ...world.ports.ledger, commit },
    });
    const { id } = await world.queue(changes);

    await expect(engine.perform(id)).rejects.toBe(error);

    expect(world.run(id).state.kind).toBe("running");
    expect(await systemic(world)).toEqual([]);
    await world.clock.sleep(20_000, world.ports.closing);
    const run = await through(world, id, engine);
    expect(run.state.kind).toBe("done");
    expect(run.counts.created).toBe(30);
    expect(world.target.live().length).toBe(30);
  }
});
