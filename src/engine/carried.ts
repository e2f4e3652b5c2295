import type { RunId } from "#domain/ids.ts";
import { makeBreaker, type Breaker } from "./breaker.ts";

/** What a run knows of itself from one claim to the next. */
export type Carried = {
  /** Waits in a row for a tool that does not work, with nothing stored in between. */
  attempts: number;
  waitingSince: Temporal.Instant | null;
  /** Whether this run has moved the checkpoint: then a full read goes on from there. */
  advanced: boolean;
  /** Linked records when the run began, and what it has done to them; null until first counted. */
  guarded: { links: number; changes: number; deletes: number } | null;
  breaker: Breaker;
};

/**
 * Keeps it between the waits of a run. In memory only: in another process patience begins anew and a
 * full read begins at the front, both of which are safe.
 */
export function makeCarrying() {
  const runs = new Map<RunId, Carried>();
  return {
    of(id: RunId): Carried {
      const known = runs.get(id);
      if (known !== undefined) return known;
      const fresh: Carried = {
        attempts: 0,
        waitingSince: null,
        advanced: false,
        guarded: null,
        breaker: makeBreaker(),
      };
      runs.set(id, fresh);
      return fresh;
    },
    forget(id: RunId): void {
      runs.delete(id);
    },
  };
}
export type Carrying = ReturnType<typeof makeCarrying>;
