import { Unavailable } from "#domain/errors.ts";
import type { Write, WriteOutcome } from "#domain/record.ts";

/** What became of one write; `again`: a look-up found something else there, so decide anew. */
export type Outcome = WriteOutcome | { kind: "again" };
export type Tell = (write: Write, outcome: Outcome) => void;

/** @throws Unavailable when the target did not answer for each write */
export function tellEach(
  writes: readonly Write[],
  outcomes: readonly WriteOutcome[],
  tell: Tell,
): void {
  if (outcomes.length !== writes.length)
    throw new Unavailable(
      `The target answered for ${outcomes.length} of ${writes.length} records of a request`,
    );
  writes.forEach((write, index) => {
    const outcome = outcomes[index];
    if (outcome !== undefined) tell(write, outcome);
  });
}
