import type { ApprovalId, FlowName, RunId } from "../ids.ts";

/** A piece of work. The rows in the store are the truth; a job only says "look there". */
export type Job =
  | { kind: "run"; run: RunId }
  | { kind: "outbox" }
  | { kind: "schedule"; flow: FlowName }
  /** Something arrived that this flow waits for. */
  | { kind: "event"; flow: FlowName }
  /** Something happened here that somebody waits for. */
  | { kind: "published" }
  /** Events that are due somewhere. */
  | { kind: "deliver" }
  | { kind: "digest" }
  /** Its time is over: its card has to say so. */
  | { kind: "approval"; approval: ApprovalId }
  /** Sign-ins that end soon, and what is kept long enough. */
  | { kind: "expiry" }
  /** Failures that tools tell only when asked. */
  | { kind: "failures" }
  /** The webhooks that we ask tools for. */
  | { kind: "watch" };

export type Queue = {
  /** One job of a kind and subject at a time; a second waits, a third is the second. */
  add(job: Job, after?: Temporal.Instant): Promise<void>;
  /** Replaces all cron schedules by these. */
  schedule(entries: readonly { job: Job; cron: string; zone: string }[]): Promise<void>;
};
