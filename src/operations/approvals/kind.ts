import type { Approval } from "#domain/approval.ts";
import type { Role } from "#domain/actor.ts";
import type { Subject } from "#domain/ports/outbox.ts";
import type { World } from "../world.ts";
import type { ApprovalAbout } from "./contract.ts";

/** One kind of thing that a second person has to agree to. */
export type ApprovalKind = {
  /** Who may agree to it at all, and say no. */
  needs: Role;
  /** What its card in Slack is about. */
  card(approval: Approval): Subject;
  /** Who may agree to it: user and group ids. */
  approvers(approval: Approval, world: World): Promise<readonly string[]>;
  /** @throws NotAllowed unless this person, whose role is enough, may agree to it */
  mustAgree(approval: Approval, by: string, world: World): Promise<void>;
  /** For people: what would be done, or was. */
  about(approval: Approval, world: World): Promise<ApprovalAbout>;
  /** @throws Mistake when it cannot be done any more */
  check(approval: Approval, world: World): Promise<void>;
  /**
   * Does it, and returns what the audit says of it. It may be called again after a crash, so it must
   * notice what it has done already. @throws Mistake when it cannot be done any more
   */
  carryOut(
    approval: Approval,
    approvedBy: string,
    world: World,
  ): Promise<Readonly<Record<string, unknown>>>;
  /** What follows from a no. */
  refused?(approval: Approval, by: string, world: World): Promise<void>;
};
