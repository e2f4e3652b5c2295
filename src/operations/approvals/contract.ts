import type { Approval } from "#domain/approval.ts";
import type { HeldChange } from "../held/held.ts";
import type { ConnectorChange } from "../connectors/reviewed.ts";

/** `hash` is of what was looked at: nothing else is asked for, approved or refused. */
export type ApprovalOperations = {
  "approvals.get": { in: { approval: string }; out: AnyApproval };
  /** Asks the other admins about a draft of a connector, for 24 hours. */
  "approvals.ask": { in: Chosen; out: ApprovalView };
  /** By somebody else than the one who asked; it is carried out at once. */
  "approvals.approve": { in: Chosen; out: AnyApproval };
  /** Also by the one who asked, who takes it back with it. */
  "approvals.refuse": { in: Chosen; out: AnyApproval };
};

export type Chosen = { approval: string; hash: string };

export type ApprovalView<About extends ApprovalAbout = ConnectorChange> = {
  approval: Approval;
  expired: boolean;
  /** Who may approve it: user and group ids. */
  approvers: readonly string[];
  about: About;
};

/** What it is about, for people; one member for each kind. */
export type ApprovalAbout = ConnectorChange | HeldChange;

export type AnyApproval = ApprovalView<ApprovalAbout>;
export type HeldApproval = ApprovalView<HeldChange>;
