import { testsOf } from "#domain/condition.ts";
import { eventText } from "#domain/event.ts";
import type { FlowPlan } from "#domain/flow.ts";
import { publishedBy } from "../../events/published.ts";
import { error, warning, type Check, type Subject } from "./check.ts";
import { shortest, wayText } from "./graph.ts";

/** What starts a flow happens somewhere, and no flows start one another for ever. */
export const published: Check = (subject) => {
  const { plan, others, objectAt } = subject;
  const { trigger } = plan;
  const round = roundOf(subject);
  if (round !== null)
    return error(`these flows would start one another for ever: ${wayText(round)}; a condition on flow at one of them ends that`); // prettier-ignore
  if (trigger.kind !== "published") return [];
  const told = others.some((flow) => publishedBy(flow, objectAt).includes(trigger.event));
  return told
    ? []
    : warning(`no other flow tells when ${eventText(trigger.event)} (${trigger.event}), so nothing starts this one until one does`); // prettier-ignore
};

/** That a run is over is told whatever it did, so only this can go round without end. */
function roundOf({ plan, others }: Subject) {
  const all = [plan, ...others];
  const steps = new Map(
    all.map(({ name }) => [
      name as string,
      all.filter((flow) => flow.name !== name && endStarts(name, flow)).map((flow) => flow.name),
    ]),
  );
  for (const next of steps.get(plan.name) ?? []) {
    const back = shortest(next, plan.name, steps);
    if (back !== null) return [plan.name, ...back];
  }
  return null;
}

function endStarts(name: string, { trigger }: FlowPlan): boolean {
  if (trigger.kind !== "published" || trigger.event !== "run.finished") return false;
  const [holds] = testsOf({ flow: name, ...trigger.where }, atNoTime).filter(([field]) => field === "flow"); // prettier-ignore
  return holds?.[1](name) ?? true;
}

/** Names have no time. */
const atNoTime = { now: Temporal.Instant.fromEpochMilliseconds(0), zone: "UTC" };
