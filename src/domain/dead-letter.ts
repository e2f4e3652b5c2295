import type { Fields } from "./fields.ts";
import type { DeadLetterId, FlowName, IncidentId, RunId } from "./ids.ts";
import type { Problem } from "./problem.ts";
import type { Way } from "./truth.ts";

export type DeadLetterState =
  | { kind: "open" }
  /** Taken by a retry that has not ended. */
  | { kind: "retrying"; by: string; since: Temporal.Instant }
  /** Written at last, by a retry or by a later run. */
  | { kind: "written"; by: string; at: Temporal.Instant }
  /** The record changed at its source, and the newer content went its own way. */
  | { kind: "superseded"; at: Temporal.Instant }
  | { kind: "discarded"; by: string; reason: string; at: Temporal.Instant };

/** One thing that was tried, or done by a person. */
export type HistoryEntry = { at: Temporal.Instant; by: string; what: string };

export type DeadLetter = {
  id: DeadLetterId;
  flow: FlowName;
  /** Which way it was to go. */
  way: Way;
  /** The record's id where it came from: at the source, unless it was on its way back. */
  key: string;
  incident: IncidentId | null;
  state: DeadLetterState;
  problem: Problem;
  direction: "read" | "write";
  /** The canonical record as the flow mapped it from what the source sent. */
  fields: Fields;
  /** What a person corrected; the original above stays as it is. */
  edited: Fields | null;
  /** Hash of the source's content, to see whether it has changed since. */
  hash: string;
  attempts: number;
  firstSeen: Temporal.Instant;
  lastSeen: Temporal.Instant;
  run: RunId | null;
  /** The version of the flow with which it was last tried; null where that was not kept. */
  flowVersion: number | null;
  history: readonly HistoryEntry[];
  /** Grows with every change; a form holds it so that nobody overwrites somebody else. */
  version: number;
};

/**
 * In the corrected fields of a dead letter with candidates: id of the target record a person chose. It
 * is never written; the record is linked to that one and updates it.
 */
export const chosenTarget = "@target";

/** What a person chooses there if it is none of them: it becomes a record of its own. */
export const separate = "@separate";

/** Nobody waits for a million to be counted: of so many it is said that there are more. */
export const mostCounted = 10_001;

/** What a retry writes. */
export const payload = (letter: DeadLetter): Fields => letter.edited ?? letter.fields;
