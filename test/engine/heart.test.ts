import { expect, test } from "vitest";
import { Fenced, StoreAway } from "#domain/errors.ts";
import { makeEngine } from "#engine/engine.ts";
import { staleMs, startHeart } from "#engine/heart.ts";
import { ClosingDown, Paused, Stopped } from "#engine/stopped.ts";
import { populated } from "./populated.ts";
import { changes } from "./performing.ts";

/** A run in the hands of a worker, whose heart gives no sign by itself. */
async function worker() {
  const world = populated(1);
  const { id } = await world.queue(changes);
  const { runs } = world.ports;
  const claim = await runs.claim(id, world.clock.now(), staleMs);
  const still = { ...world.clock, sleep: () => new Promise<void>(() => undefined) };
  const signs: string[] = [];
  const watched = {
    ...runs,
    async beat(...of: Parameters<typeof runs.beat>) {
      signs.push("sign");
      return runs.beat(...of);
    },
  };
  const heart = await startHeart({ ...world.ports, clock: still, runs: watched }, id, claim?.epoch ?? 0); // prettier-ignore
  return { ...world, id, runs, watched, signs, grip: heart.grip };
}

test("for a while after a sign of life nobody has to be asked whose the flow is", async () => {
  const { grip, clock, signs } = await worker();
  clock.pass(3_999);
  expect(grip.sure()).toBe(null);
  clock.pass(1);
  await grip.sure();
  expect(signs).toEqual(["sign", "sign"]);
  expect(grip.sure()).toBe(null);
});

test("who was away for so long that another took the flow is told before anything is sent", async () => {
  const { grip, clock, runs, id } = await worker();
  clock.pass(staleMs);
  expect((await runs.claim(id, clock.now(), staleMs))?.epoch).toBe(2);
  await expect(grip.sure()).rejects.toThrow(Fenced);
  await expect(grip.sure()).rejects.toThrow(Fenced);
});

test("where nobody can tell nothing is sent", async () => {
  const { grip, clock, watched } = await worker();
  const { beat } = watched;
  watched.beat = () => Promise.reject(new StoreAway("the line was cut"));
  clock.pass(5_000);
  await expect(grip.sure()).rejects.toThrow(StoreAway);
  watched.beat = beat;
  await grip.sure();
  expect(grip.sure()).toBe(null);
});

test.each([
  ["the wall clock was set back", { passes: 0, set: -3_600_000 }],
  ["it was set back by as much as the process was stopped", { passes: staleMs, set: -staleMs }],
  ["the machine slept, and with it the clock that nobody sets", { passes: 0, set: staleMs }],
])("where %s the flow is not ours without asking", async (_what, { passes, set }) => {
  const { grip, clock, signs } = await worker();
  clock.pass(passes);
  clock.set(set);
  await grip.sure();
  expect(signs).toHaveLength(2);
  expect(grip.sure()).toBe(null);
});

test("where not even the first sign could be given the flow is not ours without asking", async () => {
  let given = 0;
  const beat = (): Promise<Beat> =>
    (given += 1) === 1 ? Promise.reject(new StoreAway("the line was cut")) : Promise.resolve(alive);
  const { heart } = await heartOf(beat);
  await heart.grip.sure();
  expect(given).toBe(2);
  await heart.end();
});

/** The heart of a run, in a process of which this is so. */
async function heartOf(beat?: () => Promise<Beat>, ended = false) {
  const world = populated(1);
  const { id } = await world.queue(changes);
  const { runs } = world.ports;
  const claim = await runs.claim(id, world.clock.now(), staleMs);
  const signs: number[] = [];
  const heard = (...of: Parameters<typeof runs.beat>) => {
    signs.push(world.clock.ms());
    return beat?.() ?? runs.beat(...of);
  };
  if (ended) world.close();
  const heart = await startHeart({ ...world.ports, runs: { ...runs, beat: heard } }, id, claim?.epoch ?? 0); // prettier-ignore
  return { world, heart, signs, id };
}
type Beat = Awaited<ReturnType<ReturnType<typeof populated>["ports"]["runs"]["beat"]>>;
const alive: Beat = { ours: true, cancelled: false, by: null, paused: null };

test("there is a sign of life at once, and one each second until the run is over", async () => {
  const { world, heart, signs } = await heartOf();
  const begun = world.clock.ms();
  await world.clock.sleep(2_500, heart.stop);
  expect(signs).toEqual([begun, begun + 1_000, begun + 2_000]);
  await heart.end();
  await world.clock.sleep(2_500, new AbortController().signal);
  expect(signs).toHaveLength(3);
});

test("a process that is to end stops its run, but none that is over", async () => {
  const { heart: late } = await heartOf(undefined, true);
  expect(late.stop.reason).toBeInstanceOf(ClosingDown);
  await late.end();

  const { world, heart } = await heartOf();
  expect(heart.stop.aborted).toBe(false);
  world.close();
  expect(heart.stop.reason).toBeInstanceOf(ClosingDown);
  await heart.end();

  const { world: other, heart: over } = await heartOf();
  await over.end();
  other.close();
  expect(over.stop.aborted).toBe(false);
});

test("what stopped a run first is why it was stopped", async () => {
  let now = alive;
  const { world, heart } = await heartOf(() => Promise.resolve(now));
  await world.clock.sleep(1_500, heart.stop);
  expect(heart.stop.aborted).toBe(false);
  now = { ...alive, paused: "U2" };
  await expect(world.clock.sleep(1_500, heart.stop)).rejects.toThrow(new Paused("U2"));
  expect(heart.cancelled.aborted).toBe(false);
  now = { ...alive, cancelled: true, by: "U3", paused: "U2" };
  await world.clock.sleep(1_500, new AbortController().signal);
  expect(heart.stop.reason).toEqual(new Paused("U2"));
  // Who cancels a run that another paused is heard all the same.
  expect(heart.cancelled.reason).toEqual(new Stopped("U3"));
  await heart.end();
  for (const by of ["U3", null]) {
    const { heart: other } = await heartOf(() => Promise.resolve({ ...now, by }));
    expect(other.stop.reason).toEqual(new Stopped(by ?? "somebody"));
    await other.end();
  }
});

test("a sign of life that cannot be given is told of, and the next one is given all the same", async () => {
  let beats = 0;
  const away = new StoreAway("the line was cut");
  const { world, heart, id } = await heartOf(() => (beats += 1) < 3 ? Promise.reject(away) : Promise.resolve(alive)); // prettier-ignore
  await world.clock.sleep(2_500, heart.stop);
  await heart.end();
  expect(world.logged.map(({ level, about }) => ({ level, about }))).toEqual([
    { level: "warn", about: { run: id, error: away } },
    { level: "warn", about: { run: id, error: away } },
  ]);
  expect(beats).toBe(3);
  expect(heart.grip.sure()).toBe(null);
});

test("a worker that slept while its requests were announced sends none of them once it wakes", async () => {
  const world = populated(40);
  world.target.repeat = "lookup";
  const { id } = await world.queue(changes);
  const { runs, ledger } = world.ports;
  const waking = Promise.withResolvers<void>();
  const asleep = Promise.withResolvers<void>();
  const { openFlow } = world.ports;
  // Its tool asks before anything leaves, as connectors do.
  const asking = async (
    _flow: unknown,
    terms?: { grip?: { sure(): Promise<void> | null } | undefined },
  ) => {
    const ends = await openFlow();
    const send: typeof ends.target.send = async (...given) => {
      await terms?.grip?.sure();
      return ends.target.send(...given);
    };
    return { ...ends, target: { ...ends.target, send } };
  };
  const sleeper = {
    ...world.ports,
    openFlow: asking,
    ledger: {
      ...ledger,
      async intend(...given: Parameters<typeof ledger.intend>) {
        await ledger.intend(...given);
        asleep.resolve();
        await waking.promise;
      },
    },
    runs: {
      ...runs,
      beat: async (...of: Parameters<typeof runs.beat>) => (
        await waitWhileAsleep(),
        runs.beat(...of)
      ),
    },
  };
  let sleeps = false;
  const waitWhileAsleep = () => (sleeps ? waking.promise : Promise.resolve());
  const slept = makeEngine(sleeper as unknown as typeof world.ports).perform(id);
  await asleep.promise;
  sleeps = true;
  world.clock.pass(staleMs + 1);
  const other = makeEngine({ ...world.ports, openFlow: asking } as unknown as typeof world.ports);
  await other.perform(id);
  const made = world.target.live().length;
  expect(made).toBe(40);
  waking.resolve();
  await slept;
  expect(world.target.live()).toHaveLength(40);
});
