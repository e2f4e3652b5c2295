import type { FlowName, RunId } from "#domain/ids.ts";
import type { TargetRecord } from "#domain/record.ts";
import { makeBreaker, type Breaker } from "./breaker.ts";

/** What a run knows of itself from one claim to the next. */
export type Carried = {
  /** Waits in a row for a tool that does not work, with nothing stored in between. */
  attempts: number;
  waitingSince: Temporal.Instant | null;
  /** Linked records when the run began, and what it has done to them; null until first counted. */
  guarded: { links: number; changes: number; deletes: number } | null;
  breaker: Breaker;
  recent: Recent;
};

/** By field and value: what was written so lately that the target's search may not show it yet. */
export type Recent = Map<string, { at: Temporal.Instant; key: string; record: TargetRecord }>;

/**
 * Keeps it between the waits of a run. In memory only: in another process patience and the guard begin
 * anew, which is safe.
 */
export function makeCarrying() {
  const runs = new Map<RunId, Carried>();
  const flows = new Map<FlowName, Recent>();
  const recentOf = (flow: FlowName): Recent => {
    const recent: Recent = flows.get(flow) ?? new Map();
    flows.set(flow, recent);
    return recent;
  };
  return {
    of({ id, flow }: { id: RunId; flow: FlowName }): Carried {
      const known = runs.get(id);
      if (known !== undefined) return known;
      const fresh: Carried = {
        attempts: 0,
        waitingSince: null,
        guarded: null,
        breaker: makeBreaker(),
        recent: recentOf(flow),
      };
      runs.set(id, fresh);
      return fresh;
    },
    forget(id: RunId): void {
      runs.delete(id);
    },
  };
}
