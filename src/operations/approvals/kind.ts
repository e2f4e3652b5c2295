import type { Approval } from "#domain/approval.ts";
import type { World } from "../world.ts";
import type { ApprovalAbout } from "./contract.ts";

/** One kind of thing that a second person has to agree to. */
export type ApprovalKind = {
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
};
