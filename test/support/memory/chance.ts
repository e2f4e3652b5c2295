import type { Chance } from "#domain/ports/world.ts";

/** Chance that a seed decides: the same seed, the same run. */
export type SeededChance = Chance & {
  whole(below: number): number;
  happens(probability: number): boolean;
  pick<const Item>(items: readonly [Item, ...(readonly Item[])]): Item;
};

export function makeChance(seed: number): SeededChance {
  let state = (seed ^ 0x9e3779b9) >>> 0;
  let ids = 0;
  // mulberry32
  const fraction = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
  const whole = (below: number): number => Math.floor(fraction() * below);
  return {
    fraction,
    whole,
    happens: (probability) => fraction() < probability,
    pick: (items) => items[whole(items.length)] ?? items[0],
    id: () =>
      `00000000-0000-4000-8000-${seed.toString(16).padStart(6, "0")}${(ids += 1).toString(16).padStart(6, "0")}`,
  };
}
