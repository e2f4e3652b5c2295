import type { ApprovalId } from "#domain/ids.ts";
import { tell } from "../tell.ts";
import type { World } from "../world.ts";
import { kindOf } from "./index.ts";

/** The time of a request is over: its card has to say so, if nobody has decided. */
export async function tellExpired(world: World, id: ApprovalId): Promise<void> {
  const approval = await world.approvals.get(id);
  if (approval?.state.kind === "waiting") await tell(world, [kindOf(approval).card(approval)]);
}
