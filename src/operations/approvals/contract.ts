import type { Approval } from "#domain/approval.ts";
import type { ConnectorChange } from "../connectors/reviewed.ts";

/** `hash` is of what was looked at: nothing else is asked for, approved or refused. */
export type ApprovalOperations = {
  "approvals.get": { in: { approval: string }; out: ApprovalView };
  /** Asks the other admins about a draft, for 24 hours. */
  "approvals.ask": { in: Chosen; out: ApprovalView };
  /** By another admin than the one who asked; it is carried out at once. */
  "approvals.approve": { in: Chosen; out: ApprovalView };
  /** Also by the one who asked, who takes it back with it. */
  "approvals.refuse": { in: Chosen; out: ApprovalView };
};

export type Chosen = { approval: string; hash: string };

export type ApprovalView = {
  approval: Approval;
  expired: boolean;
  /** Who else may approve it: user and group ids. Nobody where the one who asked is the only admin. */
  approvers: readonly string[];
  about: ApprovalAbout;
};

/** What it is about, for people; one member for each kind. */
export type ApprovalAbout = ConnectorChange;
