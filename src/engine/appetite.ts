import type { Clock } from "#domain/ports/world.ts";

/** One statement works best with so many. */
const most = 1000;
/** What takes longer is stored in smaller parts: people see how far it is, and a crash loses little. */
const longMs = 1000;
const shortMs = 500;

/** How many records are worked on together: more where they go quickly, fewer where a tool is slow. */
export type Appetite = {
  records(): number;
  /** Tells how long some of them take. */
  working(): { done(records: number): void };
  /** So many were only looked at, which takes no time. */
  lookedAt(records: number): void;
};

export function makeAppetite(clock: Pick<Clock, "elapsed">): Appetite {
  let records = 1;
  const grow = (from: number): void => {
    records = Math.min(most, Math.max(records, from * 2));
  };
  return {
    records: () => records,
    working() {
      const began = clock.elapsed();
      return {
        done(worked) {
          const ms = clock.elapsed() - began;
          if (ms > longMs) records = Math.max(1, Math.floor(worked / 2));
          // Few that went quickly say nothing of many.
          else if (ms < shortMs) grow(worked);
        },
      };
    },
    lookedAt: grow,
  };
}
