import type { Incident } from "../incident.ts";
import type { FlowName, IncidentId } from "../ids.ts";

export type Incidents = {
  get(id: IncidentId): Promise<Incident | undefined>;
  /** Open and snoozed, the longest open first. */
  open(flow?: FlowName): Promise<readonly Incident[]>;
  /**
   * Brings the flow's incidents in line with its dead letters: opens, reopens, counts and closes those
   * about a cause. Returns those whose state or counts are new.
   */
  settle(flow: FlowName, by: string, at: Temporal.Instant): Promise<readonly Incident[]>;
  /** Opens the flow's systemic incident, or finds the one open for the same error. */
  raise(flow: FlowName, error: string, message: string, at: Temporal.Instant): Promise<Incident>;
  /** Closes the flow's systemic incidents; returns those it closed. */
  clear(flow: FlowName, by: string, at: Temporal.Instant): Promise<readonly Incident[]>;
  snooze(id: IncidentId, until: Temporal.Instant, by: string): Promise<Incident | undefined>;
  /** What happened to it, oldest first: for its thread. */
  note(id: IncidentId, at: Temporal.Instant, by: string, what: string): Promise<void>;
  history(id: IncidentId): Promise<readonly { at: Temporal.Instant; by: string; what: string }[]>;
};
