import type { DeadLetter, HistoryEntry } from "../dead-letter.ts";
import type { Fields } from "../fields.ts";
import type { DeadLetterId, FlowName, IncidentId } from "../ids.ts";

export type LetterFilter = {
  flow?: FlowName;
  incident?: IncidentId;
  /** Default: open and retrying. */
  states?: readonly DeadLetter["state"]["kind"][];
  /** Only those that may have been written: somebody has to look. */
  undecided?: true;
  /** Keyset paging: only those after this id in the order of the list. */
  after?: DeadLetterId;
  limit: number;
};

/** A retry takes them and lets go of them (see runs.ts); a page settles them (see ledger.ts). */
export type DeadLetters = {
  get(id: DeadLetterId): Promise<DeadLetter | undefined>;
  /** Those of these that are there, in no order. */
  those(ids: readonly DeadLetterId[]): Promise<readonly DeadLetter[]>;
  /** Oldest first. */
  list(filter: LetterFilter): Promise<readonly DeadLetter[]>;
  /** Up to `most`; where nothing is said, `mostCounted`. */
  count(filter: Omit<LetterFilter, "limit" | "after">, most?: number): Promise<number>;
  /** The record's own bytes, as the source sent them. */
  raw(id: DeadLetterId): Promise<Uint8Array | undefined>;
  /** Keeps a correction beside the original; false when `version` is not the newest or it is settled. */
  edit(id: DeadLetterId, version: number, fields: Fields, entry: HistoryEntry): Promise<boolean>;
  /** False when it is settled already or being retried. */
  discard(id: DeadLetterId, by: string, reason: string, at: Temporal.Instant): Promise<boolean>;
};
