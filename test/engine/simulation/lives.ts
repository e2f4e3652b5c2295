import type { Bug } from "./world.ts";
import { type Coverage, rowNames } from "./faults/matrix.ts";
import { live } from "./life.ts";
import { toldOf } from "./told-of.ts";

/** Some of the seeds from `first` to `last`: every so many. */
export type Share = { first: number; last: number; step: number };

/** What is told of lives: in batches how many are over, each that is not in order, and in the end what happened. */
export type Told =
  | { kind: "lived"; lives: number }
  | { kind: "wrong"; seed: number; first: string; text: string }
  | { kind: "over"; coverage: Coverage };

type With = { bug: Bug | null; trace: ((line: string) => void) | null };

const batch = 50;

/** One life after the other; with a bug until it is found. */
export async function liveAll(
  { first, last, step }: Share,
  { bug, trace }: With,
  tell: (told: Told) => void,
): Promise<void> {
  const coverage: Coverage = new Map();
  let lives = 0;
  for (let seed = first; seed <= last; seed += step) {
    const lived = await live(seed, coverage, bug, trace);
    const [what] = lived.wrong;
    if (what !== undefined) tell({ kind: "wrong", seed, first: what, text: toldOf(lived) });
    if (what !== undefined && bug !== null) break;
    lives += 1;
    if (lives % batch === 0) tell({ kind: "lived", lives: batch });
  }
  tell({ kind: "lived", lives: lives % batch });
  tell({ kind: "over", coverage });
}

/** What happened in several shares. */
export function together(into: Coverage, more: Coverage): void {
  for (const row of rowNames) {
    const times = more.get(row);
    if (times !== undefined) into.set(row, (into.get(row) ?? 0) + times);
  }
}
