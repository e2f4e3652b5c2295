import { endText, type FlowPlan } from "#domain/flow.ts";
import { truthEntry } from "./two-way.ts";

/** A flow in the words of a workspace file: read again, it is the same flow. */
export function flowWords(plan: FlowPlan): Readonly<Record<string, unknown>> {
  const { guard, window } = plan;
  return {
    from: endText(plan.from),
    to: endText(plan.to),
    ...(plan.convert !== null && { convert: plan.convert }),
    match: plan.match,
    ...(filled(plan.where) && { where: plan.where }),
    ...(filled(plan.map) && { map: plan.map }),
    ...(filled(plan.set) && { set: plan.set }),
    ...(plan.leaveOut.length > 0 && { leave_out: plan.leaveOut }),
    ...(plan.pull.length > 0 && { pull: plan.pull }),
    two_way: plan.twoWay !== null,
    truth: plan.twoWay === null ? "source" : truthEntry(plan.twoWay),
    deletes: plan.deletes,
    trigger: triggerWords(plan.trigger),
    ...(window !== null && { window }),
    ...(plan.share !== null && { share: percentText(plan.share) }),
    guard: guardWords(guard),
    ...placeWords(plan),
  };
}

/** Where its cards go, whose it is, and what for. */
const placeWords = ({ channel, owner, about }: FlowPlan) => ({
  ...(channel !== null && { channel }),
  ...(owner !== null && { owner }),
  ...(about !== "" && { about }),
});

function triggerWords(trigger: FlowPlan["trigger"]): unknown {
  switch (trigger.kind) {
    case "manual":
    case "event":
      return trigger.kind;
    case "cron":
      return { cron: trigger.cron, zone: trigger.zone };
    case "published":
      return { event: trigger.event, ...(filled(trigger.where) && { where: trigger.where }) };
    default:
      return trigger satisfies never;
  }
}

const guardWords = (guard: FlowPlan["guard"]): unknown =>
  guard === null ? "off" : { changes: percentText(guard.changes), deletes: guard.deletes };

/** "25%", "12.5%" */
export const percentText = (share: number): string => `${Number((share * 100).toFixed(6))}%`;

const filled = (values: Readonly<Record<string, unknown>>): boolean =>
  Object.keys(values).length > 0;
