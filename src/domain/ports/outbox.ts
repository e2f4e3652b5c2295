/**
 * What Slack is to be told. A subject says what about, not in which words: those are made when it is
 * sent, from what is true then, so an outage of hours ends in one message a subject.
 */
export type Subject =
  | { kind: "incident"; id: string }
  /** A line in the thread of an incident's card. */
  | { kind: "incident_note"; id: string; note: number }
  | { kind: "run"; id: string }
  /** What waits in a flow for a person to decide between its two sides. */
  | { kind: "conflicts"; flow: string }
  | { kind: "digest"; date: string }
  | { kind: "approval"; id: string }
  /** What came of it, to the one who asked. */
  | { kind: "approval_answer"; id: string }
  /** What came of somebody's sign-in; for that person. */
  | { kind: "signed_in"; connection: string; user: string; at: string }
  /** That a connection takes no events any more, or takes them again; or who asked to be told there. */
  | { kind: "endpoint"; connection: string; subscription?: string }
  /** A connection has to be signed in to again: within so many days, or at once. For its owner. */
  | { kind: "expiry"; connection: string; days: NoticeDays };

/** How long before a sign-in ends its owner hears of it; 0 is that it has ended. */
export type NoticeDays = 14 | 7 | 1 | 0;

export type Due = { subject: Subject; attempts: number };

export type Outbox = {
  /** Asks for it to be told; a subject that waits already waits once, and of `goesOn` no longer. */
  tell(subject: Subject): Promise<void>;
  /** Those whose time has come: runs first, since somebody waits for them, then the oldest. */
  due(limit: number, at: Temporal.Instant): Promise<readonly Due[]>;
  done(subject: Subject): Promise<void>;
  /** It is told and goes on changing: due again then, or as soon as it was asked for since `due`. */
  goesOn(subject: Subject, at: Temporal.Instant): Promise<void>;
  /** Telling it failed. */
  later(subject: Subject, at: Temporal.Instant, reason: string): Promise<void>;
  waiting(): Promise<number>;
};

/** Where each subject stands in Slack, so that it can be edited in place. */
export type Posts = {
  get(subject: Subject): Promise<{ channel: string; ts: string } | undefined>;
  put(subject: Subject, post: { channel: string; ts: string }): Promise<void>;
  /** The other way round: what a message is about. */
  about(channel: string, ts: string): Promise<Subject | undefined>;
  forget(subject: Subject): Promise<void>;
};
