import type { Failure } from "../failure.ts";
import type { ConnectionName, IncidentId } from "../ids.ts";
import type { OutsideIncident } from "../incident.ts";

/** What tools tell of failures of automations there; one incident a connection and cause. */
export type Failures = {
  /**
   * Keeps these, each once, and brings the connection's incidents in line. `others`: whether those that
   * are not among them are over, because these are all there are. Returns the incidents whose state or
   * counts are new.
   */
  report(
    connection: ConnectionName,
    failures: readonly Failure[],
    about: { at: Temporal.Instant; others: "stay" | "are_over" },
  ): Promise<readonly OutsideIncident[]>;
  /** Somebody has put it right: its failures are over. Undefined where it is closed already. */
  fixed(id: IncidentId, by: string, at: Temporal.Instant): Promise<OutsideIncident | undefined>;
};
