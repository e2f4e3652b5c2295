import { RetryLater, Unavailable } from "#domain/errors.ts";
import type { Fields } from "#domain/fields.ts";
import type { RunId } from "#domain/ids.ts";
import type { Problem } from "#domain/problem.ts";
import { isOver, type RunWork } from "#domain/run.ts";
import { makeEngine } from "#engine/engine.ts";
import { makeChance, type SeededChance } from "../../support/memory/chance.ts";
import type { SendFault } from "../../support/memory/target.ts";
import { makeWorld, type World } from "../../support/memory/world.ts";
import type { Bug } from "./bugs.ts";
import { gated, someFall } from "./gate.ts";
import { violations } from "./violations.ts";

const no: Problem = { class: "rejected", field: "name", code: "6240", message: "refused" };
const unreadable: Problem = { class: "invalid", field: "phone", code: "BAD_PHONE", message: "bad" };

/** One life of a flow, decided by a seed: returns what is wrong at the end, or nothing. */
export async function live(seed: number, bug: Bug | null = null): Promise<readonly string[]> {
  const chance = makeChance(seed);
  const world = setUp(chance, seed);
  bug?.plant(world);
  const calm = { send: world.target.fault, find: world.target.findFault, read: world.source.fault };
  const wrong: string[] = [];

  for (let round = 2 + chance.whole(3); round > 0; round -= 1) {
    change(world, chance);
    disturb(world, chance);
    // What may have been written already is only sent again by a person who has looked.
    const certain = (letter: { problem: Problem }) => letter.problem.class !== "ambiguous_write";
    const letters = chance.happens(0.4) ? world.openLetters(certain) : [];
    const work: RunWork =
      letters.length > 0
        ? { kind: "retry", letters }
        : { kind: "sync", full: chance.happens(0.5), approved: null };
    await bringThrough(world, chance, (await world.queue(work)).id, wrong);
  }

  Object.assign(world.target, { fault: calm.send, findFault: calm.find });
  world.source.fault = calm.read;
  // The target's search has caught up.
  world.clock.pass(60_000);
  await world.ports.registry.turnFlow(world.flow().name, { kind: "on" });
  for (const full of [false, true]) {
    const { id } = await world.queue({ kind: "sync", full, approved: null });
    await bringThrough(world, null, id, wrong);
  }
  return [...wrong, ...(await violations(world))];
}

function setUp(chance: SeededChance, seed: number): World {
  const repeat = chance.pick(["request_id", "request_id", "upsert", "lookup", "nothing"] as const);
  const blind = repeat === "nothing" || (repeat === "request_id" && chance.happens(0.5));
  const world = makeWorld(
    { match: blind ? [] : ["email"], deletes: chance.pick(["ignore", "archive"]) },
    seed,
  );
  const { source, target } = world;
  source.pageSize = 1 + chance.whole(8);
  source.doubles = chance.happens(0.1);
  Object.assign(target, {
    repeat,
    batch: 1 + chance.whole(6),
    parallel: 1 + chance.whole(3),
    lagMs: chance.pick([0, 0, 5_000]),
    wholeBatches: chance.happens(0.3),
    refuse: ({ name }: Fields) => (String(name).startsWith("bad") ? no : null),
  });
  for (let n = 6 + chance.whole(18); n > 0; n -= 1) put(world, chance, `k${n}`);
  return world;
}

/** Every record carries its key, so that the target's records can be counted by it. */
function put(world: World, chance: SeededChance, key: string): void {
  const twin = chance.happens(0.08) && world.source.rows.has("k3");
  const bad = chance.happens(0.12);
  const unread = chance.happens(0.08);
  world.source.put(
    key,
    {
      name: `${bad ? "bad" : "good"} ${key}`,
      email: `${twin ? "k3" : key}@example.com`,
      company_name: key,
      phone: unread ? "abc" : `+3317018${chance.whole(10_000)}`,
    },
    unread ? [unreadable] : [],
  );
}

function change(world: World, chance: SeededChance): void {
  for (const [key, row] of world.source.rows) {
    if (row.fields === null) continue;
    if (chance.happens(0.25)) put(world, chance, key);
    else if (chance.happens(0.04)) world.source.remove(key);
  }
  if (chance.happens(0.5)) put(world, chance, `n${chance.whole(1_000)}`);
}

function disturb({ target, source }: World, chance: SeededChance): void {
  const rate = chance.pick([0, 0.05, 0.3]);
  target.fault = () => {
    if (!chance.happens(rate)) return "none";
    return chance.pick<SendFault>([
      "lost before",
      "lost after",
      new RetryLater("slow down", 1_000),
      new Unavailable("down"),
    ]);
  };
  const sometimes = (): void => {
    if (chance.happens(rate / 4)) throw new Unavailable("down");
  };
  target.findFault = sometimes;
  source.fault = sometimes;
}

type Sleeper = { wake: () => void; work: Promise<unknown> };

/** Workers come and go until the run is over; those asleep wake at some time after. */
export async function bringThrough(
  world: World,
  chance: SeededChance | null,
  id: RunId,
  wrong: string[],
): Promise<void> {
  const sleepers: Sleeper[] = [];
  for (let times = 0; !isOver(world.run(id).state); times += 1) {
    if (times > 150) return void wrong.push(`run ${id} never ends`);
    const sleeper = await oneWorker(world, times < 20 ? chance : null, id);
    if (sleeper !== null) sleepers.push(sleeper);
    if (chance?.happens(0.3) === true) await wakeOne(sleepers, wrong);
  }
  const counts = JSON.stringify(world.run(id).counts);
  while (sleepers.length > 0) await wakeOne(sleepers, wrong);
  if (JSON.stringify(world.run(id).counts) !== counts)
    wrong.push(`run ${id} was changed after it was over`);
}

/**
 * Lets a worker have the run until it gives it back or falls. Only where the tool knows a request by its
 * id can a worker fall asleep: elsewhere a write that comes half a minute late cannot be told from a new one.
 */
async function oneWorker(
  world: World,
  chance: SeededChance | null,
  id: RunId,
): Promise<Sleeper | null> {
  const falls = chance?.happens(0.4) === true;
  const sleeps = falls && mayWake(await world.ports.openFlow()) && chance.happens(0.5);
  const fall = falls ? someFall(chance, sleeps ? "sleeps" : "dies") : null;
  const worker = gated(world, fall);
  const work = makeEngine(worker.ports).perform(id);
  const ended = await Promise.race([work, worker.fell]);
  if (ended === undefined) world.clock.pass(31_000);
  else if (ended.again !== null)
    world.clock.pass(Math.max(0, ended.again.since(world.clock.now()).total("milliseconds")));
  return ended === undefined && sleeps ? { wake: worker.wake, work } : null;
}

const mayWake = ({ target, back }: Awaited<ReturnType<World["ports"]["openFlow"]>>): boolean =>
  [target, back?.target ?? target].every(({ repeat }) => repeat === "request_id");

async function wakeOne(sleepers: Sleeper[], wrong: string[]): Promise<void> {
  const sleeper = sleepers.shift();
  if (sleeper === undefined) return;
  sleeper.wake();
  try {
    await sleeper.work;
  } catch (error) {
    wrong.push(`a replaced worker failed: ${String(error)}`);
  }
}
