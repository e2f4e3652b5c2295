import { type SeededChance, makeChance } from "../../support/memory/chance.ts";
import { type Coverage, noted } from "./faults/matrix.ts";
import { isBad } from "./judge/explained.ts";
import { early } from "./judge/early.ts";
import { judge } from "./judge/judge.ts";
import { setHabits, calmHabits } from "./people/habits.ts";
import { makeOperators, type Operators } from "./people/operate.ts";
import { announce, edit, sidesOf } from "./people/records.ts";
import { makeWriters } from "./people/write.ts";
import { drawPlan, isMutual, type Plan } from "./plan.ts";
import { type Bug, makeWorld, type World } from "./world.ts";

/** A life that has been lived: what is wrong at its end, and what it was. */
export type Lived = { seed: number; plan: Plan; wrong: readonly string[]; world: World };

const never = new AbortController().signal;
const hourMs = 3_600_000;
/** A life has about a hundred. */
const manyRuns = 1_500;
/** With it none of the seeds that were kept draws anything aside. */
const asideOf = 0xa53e;
const besideOf = 0x5b1d3;
const slowOf = 0x510e5;

/**
 * One life of a few flows, decided by a seed: people work and tools fail while two to four workers go
 * about their runs; then all is quiet, and everything has to come to rest.
 */
export async function live(
  seed: number,
  coverage: Coverage,
  bug: Bug | null = null,
  trace: ((line: string) => void) | null = null,
): Promise<Lived> {
  // prettier-ignore
  const chance = makeChance(seed);
  const usual = Math.random;
  // The connectors' own jitter.
  Math.random = chance.fraction;
  try {
    const plan = drawPlan(chance, makeChance(seed ^ asideOf), makeChance(seed ^ besideOf));
    const world = makeWorld(plan, chance, coverage, bug, trace, makeChance(seed ^ slowOf));
    bug?.plant?.(world);
    setHabits(world);
    const operators = makeOperators(world);
    await busy(world, chance, operators);
    await quiet(world, operators);
    if (world.wrong.length === 0) world.wrong.push(...judge(world));
    world.staff.dismiss();
    return { seed, plan, wrong: [...new Set(world.wrong)], world };
  } finally {
    Math.random = usual;
  }
}

async function busy(world: World, chance: SeededChance, operators: Operators): Promise<void> {
  const { plan, weather, staff, clock } = world;
  const writers = makeWriters(world);
  writers.found();
  for (let n = 0; n < plan.workers; n += 1) staff.start();
  weather.net.rate = plan.rate;
  weather.net.slowness.share = plan.slow;
  weather.store.rate = plan.storeRate;
  await operators.syncAll(false);

  async function people(): Promise<void> {
    for (let n = 3 + chance.whole(6); n > 0; n -= 1) {
      await clock.sleep(chance.whole(chance.pick([500, 20_000, 60_000])), never);
      if (isMutual(plan.topology) && chance.happens(0.25)) writers.duel();
      else if (chance.happens(0.1)) writers.burst();
      else writers.one();
      if (chance.happens(0.12)) await race(writers, operators);
      else if (chance.happens(0.8)) await operators.one();
    }
  }
  async function trouble(): Promise<void> {
    for (let n = chance.whole(4); n > 0; n -= 1) {
      await clock.sleep(chance.whole(30_000), never);
      await mishap(world, chance);
    }
  }
  await Promise.all([people(), trouble()]);
  // Until somebody's automation has had its turn often enough.
  if (plan.pingPong) await clock.sleep(300_000, never);
}

/** Somebody mends a record at its source while somebody else tries its dead letter again. */
async function race(
  writers: ReturnType<typeof makeWriters>,
  { aDeadLetter, sync, retry }: Operators,
): Promise<void> {
  const letter = aDeadLetter();
  if (letter === undefined) return;
  writers.mend(letter.key);
  await sync(letter.flow, false);
  await retry([letter]);
}

async function mishap(world: World, chance: SeededChance): Promise<void> {
  const { staff, weather, clock, coverage } = world;
  const draw = chance.whole(10);
  if (draw < 4) return staff.goDown("dies");
  if (draw < 6) return staff.goDown("sleeps");
  if (draw < 7) return staff.end();
  if (draw < 8) return staff.twice();
  if (draw < 9) {
    // The hour is gone in a moment, and no tool is at work on a create for as long.
    while (weather.net.slowness.underWay > 0) await clock.sleep(1_000, never);
    noted(coverage, "K4.jump");
    clock.pass(hourMs);
    return;
  }
  weather.store.readOnly = true;
  weather.store.wasReadOnly = true;
  await clock.sleep(chance.whole(8_000), never);
  weather.store.readOnly = false;
}

/** Nothing fails any more; people see to what was left to them, and everything is read once more. */
async function quiet(world: World, operators: Operators): Promise<void> {
  const { weather, staff, clock, store } = world;
  weather.net.rate = 0;
  weather.net.slowness.share = 0;
  weather.store.rate = 0;
  weather.store.readOnly = false;
  calmHabits(world);
  staff.calm();
  // Searches have caught up, and longest waits are over.
  await clock.sleep(2 * hourMs, never);
  await operators.resume();
  await letThrough(world, operators);
  world.wrong.push(...early(world));
  await operators.retryAll();
  await settle(world);
  // That somebody has to sign in again may turn out only now: what failed for that is tried once more.
  if (!isAllOn(world)) {
    await letThrough(world, operators);
    await operators.retryAll();
    await settle(world);
  }
  for (const full of world.plan.fullAtEnd ? [false, true, false] : [false, false])
    for (const { name } of world.plan.flows) {
      await operators.sync(name, full);
      await letThrough(world, operators);
    }
  // Each read goes back a little, by a clock that may be ten minutes behind its tool's, and tries again what
  // was refused of what it finds there.
  await clock.sleep(hourMs, never);
  // What only now is read at one tool comes to the hub, and goes on from there with the next runs.
  const rounds = world.plan.topology === "spokes" ? 2 : 1;
  for (let round = 1; round <= rounds; round += 1) {
    await operators.syncAll(false);
    await settle(world);
  }
  await ripple(world, operators);
  const written = world.written;
  await operators.syncAll(false);
  await settle(world);
  if (world.written !== written) world.wrong.push("it does not come to rest");
  await announced(world, operators);
  if (!store.jobs.isEmpty()) world.wrong.push("jobs are left");
}

/** One edit at one of the tools around a hub is written to each of the others once, and goes round no more. */
async function ripple(world: World, operators: Operators): Promise<void> {
  const { plan, clock, memory, chance } = world;
  // What somebody set aside for good is taken up again by the edit, with all that was changed there before.
  const open = [...memory.letters.values()].some(({ state }) => state.kind === "open" || state.kind === "discarded"); // prettier-ignore
  const asked = [...memory.conflicts.values()].some(({ state }) => state.kind !== "settled");
  const sides = sidesOf(world);
  const place = chance.pick(sides);
  const row = chance.pick([undefined, ...place.tool.rows.live("customers")]);
  const refused = sides.some(({ tool }) => tool.rows.live("customers").some(({ fields }) => isBad(fields["name"]) || isBad(fields["notes"]))); // prettier-ignore
  if (plan.topology !== "spokes" || open || asked || refused || row === undefined) return;
  const written = world.written;
  edit(world, place, "customers", row, { website: "once round" });
  for (let times = 0; times < 3; times += 1) {
    await clock.sleep(60_000, never);
    await operators.syncAll(false);
    await settle(world);
  }
  const writes = world.written - written;
  if (writes > sides.length - 1) world.wrong.push(`one edit was written ${String(writes)} times`);
}

/** What is told while a run goes arrives, though nobody reads what else has changed. */
async function announced(world: World, operators: Operators): Promise<void> {
  const { plan, crm, clock, chance } = world;
  const [flow] = plan.flows;
  if (plan.topology !== "one_way" || !plan.crm.told || flow?.trigger.kind !== "event") return;
  await operators.sync(flow.name, false);
  await clock.sleep(20 + chance.whole(150), never);
  await announce(world, crm, "customers", { website: "announced" });
  await letThrough(world, operators);
}

/** Until nothing of it is held any more: each hold is looked at and let through. */
async function letThrough(world: World, operators: Operators): Promise<void> {
  for (let times = 0; times < 5; times += 1) {
    await settle(world);
    if (isAllOn(world)) return;
    await operators.resume();
  }
}

const isAllOn = ({ memory }: World): boolean =>
  [...memory.flows.values()].every(({ state }) => state.kind === "on");

/** Until nobody has anything to do. */
async function settle({ clock, store, memory, wrong }: World): Promise<void> {
  const enough = new AbortController();
  const late = clock.sleep(8 * hourMs, enough.signal).then(() => "late", () => "ended"); // prettier-ignore
  while (!store.jobs.isEmpty()) {
    const first = await Promise.race([store.jobs.changed().then(() => "changed"), late]);
    if (memory.runs.size > manyRuns) wrong.push("one run brings about the next, without end");
    else if (first === "late") wrong.push("nobody comes to an end");
    else continue;
    enough.abort("enough");
    return;
  }
  enough.abort("enough");
}
