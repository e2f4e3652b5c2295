import type { Chance } from "#domain/ports/world.ts";

/** Full jitter: anything from nothing to the cap, which doubles with each attempt (from 1). */
export const jittered = (
  chance: Chance,
  attempt: number,
  about: { firstMs: number; mostMs: number; leastMs: number },
): number => {
  const cap = Math.min(about.mostMs, about.firstMs * 2 ** Math.min(attempt - 1, 30));
  return Math.max(about.leastMs, Math.round(chance.fraction() * cap));
};
