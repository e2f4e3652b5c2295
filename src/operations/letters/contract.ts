import type { FlowName, IncidentId } from "#domain/ids.ts";
import type { Run } from "#domain/run.ts";

/** More open dead letters than these are retried in bulk, once a person has seen the plan. */
export const few = 20;

/** What a retry of everything open of an incident or a flow comes to. */
export type RetryPlan = {
  flow: FlowName;
  incident: IncidentId | null;
  records: number;
  /** Left out, because they may have been written already. */
  undecided: number;
  /** About how many calls: from how much one carries. */
  calls: number;
  /** At the pace that leaves live runs their half; null where no limit is known. */
  minutes: number | null;
  /** What each tool still allows today, where that is known. */
  left: readonly { tool: string; calls: number }[];
  /** The tool whose allowance of today does not last for it, and the calls it may still have. */
  short: { tool: string; calls: number } | null;
  /** Both tools by their titles. */
  titles: { from: string; to: string };
};

export type RetryOperations = {
  "letters.plan": { in: { incident?: string; flow?: string }; out: RetryPlan };
  /**
   * With `version` as the flow was then, else as it is now. All of an incident or a flow, where they are
   * many, are one run that takes them a few at a time and tells in `channel` how it gets on.
   */
  "letters.retry": {
    in: {
      letters?: readonly string[];
      incident?: string;
      flow?: string;
      version?: number;
      channel?: string;
    };
    /**
     * No run when there was nothing left to retry. `undecided` counts those left out because they may
     * have been written already: they are retried only where each is named.
     */
    out: {
      run: Run | null;
      taken: number;
      busy: readonly { id: string; by: string }[];
      undecided: number;
    };
  };
  /** What became of the dead letters a retry took. */
  "letters.outcome": {
    in: { run: string };
    out: {
      retried: number;
      written: number;
      superseded: number;
      deadLettered: number;
      over: boolean;
    };
  };
  /** Cancels what is queued, waiting, paused or running for the flow, or this run alone. */
  "runs.cancel": { in: { flow?: string; run?: string }; out: Run };
  /** Only a bulk retry can be paused: it stops within seconds, and goes on where it was. */
  "runs.pause": { in: { run: string }; out: Run };
  "runs.go-on": { in: { run: string }; out: Run };
};
