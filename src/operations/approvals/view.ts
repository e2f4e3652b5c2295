import { isExpired, type Approval } from "#domain/approval.ts";
import type { World } from "../world.ts";
import { approversBesides } from "./approvers.ts";
import type { ApprovalView } from "./contract.ts";
import { kindOf } from "./index.ts";

/** A request as people see it, at this moment. */
export const approvalView = async (world: World, approval: Approval): Promise<ApprovalView> => ({
  approval,
  expired: isExpired(approval, world.clock.now()),
  approvers: await approversBesides(world, approval.askedBy),
  about: await kindOf(approval).about(approval, world),
});
