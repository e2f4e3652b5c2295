import type { RunId } from "#domain/ids.ts";
import type { Json } from "#domain/json.ts";

/**
 * The source's checkpoint as the ledger keeps it, with the run that moved it last: a full read that was
 * interrupted, in whatever process, goes on where it was instead of at the front.
 */
export const signed = (source: Json, run: RunId): Json => ({ source, run });

/** Where to read from: null is the beginning. */
export function readingFrom(stored: Json | null, run: RunId, full: boolean): Json | null {
  if (stored === null || typeof stored !== "object" || !("source" in stored)) return null;
  return full && stored["run"] !== run ? null : (stored["source"] ?? null);
}
