import type { Approval } from "#domain/approval.ts";
import { Mistake, NotAllowed } from "#domain/errors.ts";
import { flowName } from "#domain/ids.ts";
import type { ApprovalKind } from "../approvals/kind.ts";
import { approversBesides } from "../approvals/approvers.ts";
import { queueRun } from "../runs/queue-run.ts";
import { reschedule } from "../schedules.ts";
import { tellIncidents } from "../tell.ts";
import type { World } from "../world.ts";
import { HeldAsked, heldKindName, type HeldChange } from "./held.ts";

/**
 * A run that would do more than its flow's guard allows. Nobody lets through what they started
 * themselves, unless nobody else could: the guard is against accidents, and a rule that a team of one
 * cannot meet would only make them do without a guard.
 */
export const heldKind: ApprovalKind = {
  needs: "operator",

  about(approval): Promise<HeldChange> {
    const { started_by: startedBy, ...held } = HeldAsked.parse(approval.what);
    const { incident, changes, deletes, linked, allowed, samples } = held;
    return Promise.resolve({
      kind: heldKindName,
      flow: approval.subject,
      ...{ incident, changes, deletes, linked, allowed, samples, startedBy },
    });
  },

  card: ({ what }) => ({ kind: "incident", id: HeldAsked.parse(what).incident }),

  async approvers(approval, world) {
    const { started_by: starter } = HeldAsked.parse(approval.what);
    const others = await approversBesides(world, starter, "operator");
    return others.length === 0 && starter !== null ? [starter] : others;
  },

  async mustAgree(approval, by, world) {
    if (HeldAsked.parse(approval.what).started_by !== by) return;
    if ((await approversBesides(world, by, "operator")).length > 0)
      throw new NotAllowed("You started this run yourself: somebody else has to approve it.");
  },

  async check({ subject }, world) {
    const flow = await world.registry.flow(flowName(subject));
    if (flow?.state.kind === "paused" && flow.state.held) return;
    throw new Mistake(
      flow === undefined
        ? `There is no flow ${subject} any more.`
        : `${subject} is not held any more, so there is nothing to decide.`,
    );
  },

  async carryOut(approval, approvedBy, world) {
    const { set, full, channel, changes, deletes } = HeldAsked.parse(approval.what);
    const flow = flowName(approval.subject);
    const at = world.clock.now();
    if (!(await wasQueued(world, approval, set))) {
      await world.registry.turnFlow(flow, { kind: "on" });
      const trigger = { kind: "person", by: approvedBy } as const;
      const work = { kind: "sync", full, approved: set } as const;
      await queueRun(world, { flow, trigger, work, channel }, at);
    }
    await reschedule(world);
    await tellIncidents(world, await world.incidents.clear(flow, approvedBy, at));
    return { flow, changes, deletes };
  },

  async refused({ subject }, by, world) {
    const flow = flowName(subject);
    const at = world.clock.now();
    const reason = "What it was going to change was not approved";
    await world.registry.turnFlow(flow, { kind: "paused", reason, held: false, by, at });
    await tellIncidents(world, await world.incidents.clear(flow, by, at));
  },
};

/** By a process that died before it could say so. */
async function wasQueued(
  { runs }: World,
  { subject, at }: Approval,
  set: string,
): Promise<boolean> {
  const newest = await runs.list({ flow: flowName(subject), limit: 20 });
  return newest.some(
    ({ work, queuedAt }) =>
      work.kind === "sync" && work.approved === set && Temporal.Instant.compare(queuedAt, at) >= 0,
  );
}
