import { canonicalText, type Fields } from "#domain/fields.ts";
import type { Known, Settlement } from "#domain/ports/ledger.ts";
import type { Hash } from "#domain/ports/world.ts";
import type { Write } from "#domain/record.ts";

/** Tells what a person made of a dead letter from what they make of it later; none where it is as it was. */
export const correctionOf = (hash: Hash, edited: Fields | null | undefined): string | undefined =>
  edited ? hash(canonicalText(edited)) : undefined;

/**
 * What becomes of an open dead letter whose content an earlier worker has written, as it turns out. In the
 * meantime a person may have corrected it: what was sent is not what they wait for then.
 */
export function settledLate(
  write: Write,
  letter: Known["letter"] | undefined,
  hash: Hash,
): Settlement | null {
  if (!letter || letter.state === "discarded") return null;
  if (write.kind === "archive" || letter.hash !== write.hash) return null;
  const correction = correctionOf(hash, letter.edited);
  const overtaken = correction !== undefined && correction !== write.corrected;
  return { key: write.key, as: overtaken ? "earlier" : "written" };
}
