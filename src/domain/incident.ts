import type { ConnectionName, FlowName, IncidentId } from "./ids.ts";
import type { Failure } from "./failure.ts";
import type { Problem } from "./problem.ts";
import type { Way } from "./truth.ts";

/** What stands behind one Slack card. */
export type Incident = FlowIncident | OutsideIncident;

type Any = {
  id: IncidentId;
  state:
    | { kind: "open" }
    | { kind: "snoozed"; until: Temporal.Instant; by: string }
    | { kind: "closed"; at: Temporal.Instant; by: string };
  openedAt: Temporal.Instant;
  /** Dead letters of a cause, or failures, open now, and all there have been since it opened. */
  open: number;
  total: number;
  written: number;
  discarded: number;
};

export type FlowIncident = Any & {
  flow: FlowName;
  subject:
    /** Records refused for one cause. */
    /** `way`: there where it is not given. */
    | {
        kind: "cause";
        direction: "read" | "write";
        way?: Way;
        object: string;
        problem: Problem;
      }
    /** The flow itself cannot go on. */
    | { kind: "systemic"; error: string; message: string };
};

/** An automation at the tool of a connection fails, for one cause. */
export type OutsideIncident = Any & {
  flow: null;
  connection: ConnectionName;
  subject: { kind: "outside"; failure: Failure };
};
