import { isExpired, type Approval } from "#domain/approval.ts";
import { Mistake } from "#domain/errors.ts";
import type { World } from "../world.ts";
import type { AnyApproval, ApprovalView } from "./contract.ts";
import { kindOf } from "./index.ts";

/** A request as people see it, at this moment. */
export const approvalView = async (world: World, approval: Approval): Promise<AnyApproval> => ({
  approval,
  expired: isExpired(approval, world.clock.now()),
  approvers: await kindOf(approval).approvers(approval, world),
  about: await kindOf(approval).about(approval, world),
});

/** The same of one that is about a connector. @throws Mistake where it is not */
export async function connectorView(world: World, approval: Approval): Promise<ApprovalView> {
  const view = await approvalView(world, approval);
  const { about } = view;
  if (about.kind !== "connector") throw new Mistake("This request is not about a connector.");
  return { ...view, about };
}
