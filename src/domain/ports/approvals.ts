import type { Approval } from "../approval.ts";
import type { ApprovalId } from "../ids.ts";

/** Requests that need a second person. What is asked for never changes; only its state does. */
export type Approvals = {
  /** Keeps it to be looked at. Drafts that nobody asked about for a day are dropped. */
  draft(request: Omit<Approval, "id" | "state">): Promise<ApprovalId>;
  get(id: ApprovalId): Promise<Approval | undefined>;
  /** The one that waits about a subject and has not expired. */
  waiting(kind: string, subject: string, at: Temporal.Instant): Promise<Approval | undefined>;
  /** The newest that was asked about a subject, whatever became of it. */
  latest(kind: string, subject: string): Promise<Approval | undefined>;
  /** From draft to waiting; false when it is no draft any more. */
  ask(id: ApprovalId, until: Temporal.Instant): Promise<boolean>;
  /**
   * Compare and set: only what waits, has this hash and has not expired, and only somebody else's
   * when it is approved. Of several who decide at once one succeeds.
   */
  decide(id: ApprovalId, hash: string, decision: Decision): Promise<boolean>;
  /** Carried out. */
  finish(id: ApprovalId): Promise<void>;
  /** Approved, but it could not be carried out: something newer had come between. */
  undo(id: ApprovalId, at: Temporal.Instant): Promise<void>;
  /** Approved, and not carried out: whoever did it died in between. */
  unfinished(): Promise<readonly Approval[]>;
  /** All that waits about a subject is void, but for `except`; returns what that was. */
  replace(
    about: Pick<Approval, "kind" | "subject">,
    at: Temporal.Instant,
    except: ApprovalId | null,
  ): Promise<readonly ApprovalId[]>;
};

export type Decision = { kind: "approved" | "refused"; by: string; at: Temporal.Instant };
