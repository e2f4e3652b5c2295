import type { HistoryEntry } from "#domain/dead-letter.ts";
import { clean } from "./clean.ts";
import { sql, type SQL } from "./drizzle.ts";

/** A history, which is a jsonb array, with one entry more. At most a hundred: the first, and the newest. */
export const appended = (history: string, entry: SQL): SQL => sql`(case
  when jsonb_array_length(${sql.raw(history)}) >= 100 then ${sql.raw(history)} - 1
  else ${sql.raw(history)} end) || ${entry}`;

export const entryOf = ({ at, by, what }: HistoryEntry): SQL =>
  sql`${JSON.stringify({ at: at.toString(), by: clean(by), what: clean(what) })}::jsonb`;

/** What is noted where a retry took a record of which the source told nothing. */
export const untold = "Not tried: the source did not say what the record is now";
