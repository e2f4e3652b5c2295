import type { Flow } from "../flow.ts";
import type { Fields } from "../fields.ts";
import type { Problem } from "../problem.ts";
import type { RunId } from "../ids.ts";

/**
 * What a run would do with one record. `way` is given for what comes back from the target of a two-way flow,
 * `matched` where a record of the other side was found to be the same one just now. `first`: fields that refer
 * to what is brought there first, as it is called at its source.
 */
export type Foreseen = Fate & {
  way?: "back";
  matched?: true;
  asks?: true;
  first?: readonly string[];
};
type Fate =
  | { kind: "create"; key: string; fields: Fields }
  | { kind: "update"; key: string; from: Fields; fields: Fields }
  | { kind: "delete"; key: string }
  | { kind: "unchanged"; key: string }
  | { kind: "filtered"; key: string }
  /** Several records match; or, with `from`, both sides have another value (`asks`). */
  | { kind: "conflict"; key: string; from?: Fields; fields: Fields; problem: Problem }
  | { kind: "invalid"; key: string; fields: Fields; problem: Problem };

/** One record beside what the flow makes of it; `target` is null where it is left out or cannot be used. */
export type Sampled = { key: string; source: Fields; target: Fields | null };

export type Engine = {
  /**
   * Brings the run as far as it goes: to its end, or to a wait. `again` says when to look at it again:
   * null when it is over; `woken` are further runs that its end has queued. Harmless when the run is
   * over or in other hands.
   */
  perform(run: RunId): Promise<{ again: Temporal.Instant | null; woken: readonly RunId[] }>;
  /** What a full run would do, writing nothing. @throws systemic errors */
  preview(flow: Flow, signal: AbortSignal): AsyncIterable<readonly Foreseen[]>;
  /** The first few records that the source has. @throws systemic errors */
  sample(flow: Flow, count: number, signal: AbortSignal): Promise<readonly Sampled[]>;
};
