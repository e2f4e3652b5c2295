import type { FlowName, IncidentId } from "./ids.ts";
import type { Problem } from "./problem.ts";

/** What stands behind one Slack card. */
export type Incident = {
  id: IncidentId;
  flow: FlowName;
  subject:
    /** Records refused for one cause. */
    | { kind: "cause"; direction: "read" | "write"; object: string; problem: Problem }
    /** The flow itself cannot go on. */
    | { kind: "systemic"; error: string; message: string };
  state:
    | { kind: "open" }
    | { kind: "snoozed"; until: Temporal.Instant; by: string }
    | { kind: "closed"; at: Temporal.Instant; by: string };
  openedAt: Temporal.Instant;
  /** For a cause: dead letters open now, and all there have been since it opened. */
  open: number;
  total: number;
  written: number;
  discarded: number;
};
