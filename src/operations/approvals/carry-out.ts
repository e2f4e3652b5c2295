import type { Approval } from "#domain/approval.ts";
import { Mistake } from "#domain/errors.ts";
import { tell } from "../tell.ts";
import type { World } from "../world.ts";
import { kindOf } from "./index.ts";
import { replaceWaiting } from "./request.ts";

/** Does what was approved, and says so. @throws Mistake when it cannot be done any more */
export async function carryOut(world: World, approval: Approval, by: string): Promise<void> {
  const { id, kind, subject, askedBy } = approval;
  const { carryOut: perform, card } = kindOf(approval);
  const done = await perform(approval, by, world).catch(async (error: unknown) => {
    // Something about it changed at this very moment: it is void, and nothing was done.
    if (error instanceof Mistake) await world.approvals.undo(id, world.clock.now());
    await tell(world, [card(approval)]);
    throw error;
  });
  await world.audit.append({
    at: world.clock.now(),
    actor: by,
    operation: `approvals.${kind}`,
    input: JSON.stringify({ approval: id, asked_by: askedBy, ...done }),
    outcome: "done",
    detail: "",
  });
  await world.approvals.finish(id);
  await replaceWaiting(world, { kind, subject }, world.clock.now());
  await tell(world, [card(approval), { kind: "approval_answer", id }]);
}

/** For the start: what was approved when a process died is carried out now. */
export async function carryOutTheRest(world: World): Promise<void> {
  for (const approval of await world.approvals.unfinished()) {
    if (approval.state.kind !== "approved") continue;
    try {
      await carryOut(world, approval, approval.state.by);
    } catch (error) {
      if (!(error instanceof Mistake)) throw error;
    }
  }
}
