import type { Actor } from "#domain/actor.ts";
import type { AnyApproval, ApprovalView } from "#operations/contract.ts";
import { admin, slack, type Room } from "./room.ts";

export const second = slack("U0SECOND");
export const third = slack("U0THIRD");

/** Two more admins beside the one of TIELINE_ADMINS. */
export async function withAdmins(room: Room): Promise<void> {
  for (const id of ["U0SECOND", "U0THIRD"])
    await room.people.grant({ subject: { kind: "user", id }, role: "admin" });
}

/** What somebody has looked at, and nobody was asked about yet. */
export async function drafted(room: Room, text: string, by: Actor = admin): Promise<ApprovalView> {
  const proposed = await room.perform("connectors.propose", { text }, by);
  if (proposed.kind === "ready") return proposed.draft;
  throw new Error(`not accepted: ${JSON.stringify(proposed.problems)}`);
}

export const chosen = ({ approval }: ApprovalView): { approval: string; hash: string } => ({
  approval: approval.id,
  hash: approval.hash,
});

/** What waits for a second admin. */
export async function asked(room: Room, text: string, by: Actor = admin): Promise<ApprovalView> {
  return room.perform("approvals.ask", chosen(await drafted(room, text, by)), by);
}

/** What was asked for by one and approved by another. */
export async function registered(room: Room, text: string): Promise<AnyApproval> {
  await withAdmins(room);
  return room.perform("approvals.approve", chosen(await asked(room, text)), second);
}
