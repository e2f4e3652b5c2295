import { endText, type FlowPlan } from "#domain/flow.ts";
import { truthEntry } from "./two-way.ts";

/** A flow in the words of a workspace file: read again, it is the same flow. */
export function flowWords(plan: FlowPlan): Readonly<Record<string, unknown>> {
  const { trigger, guard, window } = plan;
  return {
    from: endText(plan.from),
    to: endText(plan.to),
    ...(plan.convert !== null && { convert: plan.convert }),
    match: plan.match,
    ...(filled(plan.where) && { where: plan.where }),
    ...(filled(plan.map) && { map: plan.map }),
    ...(filled(plan.set) && { set: plan.set }),
    ...(plan.leaveOut.length > 0 && { leave_out: plan.leaveOut }),
    two_way: plan.twoWay !== null,
    truth: plan.twoWay === null ? "source" : truthEntry(plan.twoWay),
    deletes: plan.deletes,
    trigger: trigger.kind === "cron" ? { cron: trigger.cron, zone: trigger.zone } : trigger.kind,
    ...(window !== null && { window }),
    ...(guard !== null && {
      guard: { changes: `${Number((guard.changes * 100).toFixed(6))}%`, deletes: guard.deletes },
    }),
    ...(plan.channel !== null && { channel: plan.channel }),
    ...(plan.owner !== null && { owner: plan.owner }),
    ...(plan.about !== "" && { about: plan.about }),
  };
}

const filled = (values: Readonly<Record<string, unknown>>): boolean =>
  Object.keys(values).length > 0;
