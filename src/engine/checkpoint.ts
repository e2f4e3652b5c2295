import { comesTrueByTime } from "#domain/condition.ts";
import { zoneOf, type Flow } from "#domain/flow.ts";
import type { RunId } from "#domain/ids.ts";
import type { Json } from "#domain/json.ts";

/**
 * The source's checkpoint as the ledger keeps it, with the run that moved it last: a full read that was
 * interrupted, in whatever process, goes on where it was instead of at the front. `day`: the day for
 * whose sake all of it was read.
 */
export const signed = (source: Json, run: RunId, day: string | null): Json => ({
  source,
  run,
  ...(day !== null && { day }),
});

/**
 * The day that a flow reads for, where time alone makes its filter true (`before: today`): a record that
 * nobody changes is in no incremental read, so the first run of each day reads everything. Once is
 * enough: within a day nothing comes true by time. Null for other flows.
 */
export const dayToRead = (flow: Flow, now: Temporal.Instant): string | null =>
  comesTrueByTime(flow.where)
    ? now.toZonedDateTimeISO(zoneOf(flow)).toPlainDate().toString()
    : null;

type Reading = { run: RunId; full: boolean; day: string | null };

/** Where to read from: null is the beginning. A run goes on where it was, over midnight too. */
export function readingFrom(stored: Json | null, { run, full, day }: Reading): Json | null {
  if (stored === null || typeof stored !== "object" || !("source" in stored)) return null;
  const anew = full || (day !== null && stored["day"] !== day);
  return anew && stored["run"] !== run ? null : (stored["source"] ?? null);
}

/** What a run signs with: the day it began to read on, whatever day it is by now. */
export function daySigned(stored: Json | null, { run, day }: Omit<Reading, "full">): string | null {
  const own = stored !== null && typeof stored === "object" && "run" in stored && stored["run"] === run; // prettier-ignore
  if (!own || day === null) return day;
  return typeof stored["day"] === "string" ? stored["day"] : null;
}
