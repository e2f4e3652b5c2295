import { MappingBroken } from "#domain/errors.ts";
import type { Problem } from "#domain/problem.ts";

/** Refused by the target one after the other, with nothing accepted between them. */
const inARow = 20;
/** From so many tries on, more than half refused by the target, or for one reason, are too many. */
const enoughTries = 50;
/** A broken mapping leaves at most so many dead letters behind. */
export const lettersOfABrokenMapping = 50;

/**
 * Tells a broken mapping from bad records. Only what is new counts: a record that is refused again,
 * just as it was, says nothing.
 */
export type Breaker = {
  accepted(): void;
  refused(direction: "read" | "write", problem: Problem): void;
  /** Null while all is well. */
  broken(): MappingBroken | null;
  /** @throws MappingBroken */
  check(): void;
};

export function makeBreaker(): Breaker {
  let accepted = 0;
  let refused = 0;
  let refusedByTarget = 0;
  let row = 0;
  const reasons = new Map<string, { times: number; direction: "read" | "write"; first: Problem }>();

  function broken(): MappingBroken | null {
    const top = worst();
    if (top === undefined) return null;
    const tries = accepted + refused;
    const most = Math.max(top.times, refusedByTarget);
    if (row < inARow && (tries < enoughTries || most * 2 <= tries)) return null;
    const where = top.direction === "write" ? "The target" : "Reading";
    return new MappingBroken(
      `${where} refused ${refused} of ${tries} records, most of them with: ${top.first.message}`,
    );
  }

  const worst = () => [...reasons.values()].sort((a, b) => b.times - a.times)[0];

  return {
    accepted() {
      accepted += 1;
      row = 0;
    },
    refused(direction, problem) {
      refused += 1;
      if (direction === "write") {
        refusedByTarget += 1;
        row += 1;
      }
      const reason = JSON.stringify([direction, problem.class, problem.code, problem.field]);
      const known = reasons.get(reason) ?? { times: 0, direction, first: problem };
      known.times += 1;
      reasons.set(reason, known);
    },
    broken,
    check() {
      const error = broken();
      if (error !== null) throw error;
    },
  };
}
