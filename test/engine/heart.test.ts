import { expect, test } from "vitest";
import { Fenced, StoreAway } from "#domain/errors.ts";
import { makeEngine } from "#engine/engine.ts";
import { staleMs, startHeart } from "#engine/heart.ts";
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

test("a clock that was set back says nothing", async () => {
  const { grip, clock, signs } = await worker();
  clock.pass(-3_600_000);
  await grip.sure();
  expect(signs).toHaveLength(2);
  expect(grip.sure()).toBe(null);
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
