import { makeChance, type SeededChance } from "../support/memory/chance.ts";
import { points, type Act, type Point } from "./points.ts";
import type { Database } from "./options.ts";
import type { Trap } from "./worker.ts";

/** How a worker's life ends. */
export type Ending =
  | { kind: "trap"; trap: Trap }
  /** So long after the other one works too. */
  | { kind: "random"; afterMs: number }
  /** Stopped for longer than anybody waits for it, then let go on: it lives. */
  | { kind: "freeze" }
  /** As one that is shut down in order. */
  | { kind: "drain" };

/** What happens to Postgres. */
export const troubles = ["restart", "terminate", "read-only", "full", "cut:before", "cut:after"] as const; // prettier-ignore
export type Trouble = (typeof troubles)[number];

export type Plan = { endings: readonly Ending[]; troubles: readonly Trouble[] };

/** One in so many kills comes at any time instead of at a point. */
const oneInRandom = 6;
/** With so many kills there is one freeze, one drain and one trouble of each kind. */
const roundOf = 60;

/** What the seed decides; not when it comes about. */
export function planOf(seed: number, kills: number, database: Database): Plan {
  const chance = makeChance(seed);
  const rounds = Math.max(1, Math.round(kills / roundOf));
  const endings = kill(chance, kills);
  const rest = database === "embedded" ? (["drain"] as const) : (["freeze", "drain"] as const);
  for (let round = 0; round < rounds; round += 1) {
    for (const kind of rest) {
      const first = Math.floor((round * kills) / rounds);
      endings.splice(first + 1 + chance.whole(Math.ceil(kills / rounds)), 0, { kind });
    }
  }
  const some = Array.from({ length: rounds }, () => shuffled(chance, troubles)).flat();
  return { endings, troubles: database === "embedded" ? [] : some };
}

/** The same for several who work side by side: each has its own part of it. */
export const sharesOf = ({ endings, troubles }: Plan, among: number): readonly Plan[] =>
  Array.from({ length: among }, (_, mine) => ({
    endings: endings.filter((_, place) => place % among === mine),
    troubles: troubles.filter((_, place) => place % among === mine),
  }));

function kill(chance: SeededChance, kills: number): Ending[] {
  const endings: Ending[] = [];
  let deck: Point[] = [];
  const random = Math.floor(kills / oneInRandom);
  for (let n = 0; n < kills - random; n += 1) {
    if (deck.length === 0) deck = deal(chance, n === 0);
    const point = deck.shift() ?? "commit:before";
    endings.push({ kind: "trap", trap: { point, passes: passesOf(chance, point) } });
  }
  for (let n = 0; n < random; n += 1)
    endings.splice(1 + chance.whole(endings.length), 0, {
      kind: "random",
      afterMs: chance.whole(1_500),
    });
  return endings;
}

/**
 * All points, in any order. In the first deal those come first that nobody could do without; a delivery
 * first of all, since one that was under way is tried again half a minute later.
 */
function deal(chance: SeededChance, first: boolean): Point[] {
  const all = shuffled(chance, points);
  if (!first) return all;
  const rank = (point: Point): number =>
    point.startsWith("delivery:") ? 0 : point.endsWith(":during") ? 2 : 1;
  return all.toSorted((a, b) => rank(a) - rank(b));
}

/** What is done all the time is not always caught the first time. */
const often: ReadonlySet<Act> = new Set<Act>(["intend", "send", "commit", "checkpoint", "claim"]);

const passesOf = (chance: SeededChance, point: Point): number =>
  often.has(point.split(":")[0] as Act) ? 1 + chance.whole(4) : 1;

function shuffled<Item>(chance: SeededChance, items: readonly Item[]): Item[] {
  const left = [...items];
  const mixed: Item[] = [];
  while (left.length > 0) mixed.push(...left.splice(chance.whole(left.length), 1));
  return mixed;
}
