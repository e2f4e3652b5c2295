import { isExpired, type Approval } from "#domain/approval.ts";
import { Mistake, NotAllowed } from "#domain/errors.ts";
import { approvalId } from "#domain/ids.ts";
import { standingOf } from "../roles.ts";
import { whenText, whoText } from "../when.ts";
import type { World } from "../world.ts";
import { approversBesides, howToAddAnAdmin } from "./approvers.ts";
import type { Chosen } from "./contract.ts";
import { hashOf } from "./request.ts";

/** @throws Mistake when there is no such request */
export async function findApproval(world: World, id: string): Promise<Approval> {
  const approval = await world.approvals.get(approvalId(id));
  if (approval === undefined) throw new Mistake("There is no such request.");
  return approval;
}

/**
 * The request that was looked at, as it was looked at: what is kept must still be what its hash was
 * made of, and the hash the one that was shown. @throws Mistake @throws NotAllowed
 */
export async function findChosen(world: World, { approval: id, hash }: Chosen): Promise<Approval> {
  const approval = await findApproval(world, id);
  if (approval.hash === hash && hashOf(world, approval) === hash) return approval;
  throw new NotAllowed(
    "This is not what was asked for: it was changed since, so nothing was done. It has to be asked for again.",
  );
}

/** @throws Mistake saying what became of it, where it does not wait any more */
export function mustWait(approval: Approval, at: Temporal.Instant): void {
  const { state } = approval;
  switch (state.kind) {
    case "waiting":
      if (isExpired(approval, at))
        throw new Mistake(`This request expired ${whenText(state.until)}; ${again}.`);
      return;
    case "draft":
      throw new Mistake("There is no such request.");
    case "approved":
      throw new Mistake(`${whoText(state.by)} approved this already, ${whenText(state.at)}.`);
    case "refused":
      throw new Mistake(`${whoText(state.by)} refused this, ${whenText(state.at)}; ${again}.`);
    case "replaced":
      throw new Mistake("Something newer took the place of this request, so it is void.");
    default:
      return state satisfies never;
  }
}

const again = "it has to be asked for again";

/** @throws NotAllowed when it is their own wish, or that of somebody who may not have it any more */
export async function mustBeSecond(world: World, { askedBy }: Approval, by: string): Promise<void> {
  if (askedBy === by) {
    const others = await approversBesides(world, by, "admin");
    const more = others.length === 0 ? ` There is none yet. ${howToAddAnAdmin}` : "";
    throw new NotAllowed(`You asked for this yourself: another admin has to approve it.${more}`);
  }
  const team = world.about.teamId() ?? "";
  const { role } = await standingOf(world, { kind: "slack", team, user: askedBy });
  if (role !== "admin")
    throw new NotAllowed(`${whoText(askedBy)}, who asked for this, is no admin any more.`);
}
