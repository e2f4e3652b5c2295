import { entityOf } from "#domain/entities/index.ts";
import { endText, type FlowPlan } from "#domain/flow.ts";
import type { ObjectFacts } from "#domain/ports/connector-facts.ts";
import { listed } from "../../nearest.ts";
import { warning, type Check } from "./check.ts";
import { sampleOf } from "./fields.ts";
import { isHub } from "./graph.ts";

/** Two flows that fill one field of one object: of a record in both sources the later one wins. */
export const twoWriters: Check = ({ plan, between, others, objectAt }) => {
  const to = endText(plan.to);
  if (isHub(to)) return [];
  const own = new Set(fills(plan, between.from.object, between.to.object));
  return (
    others
      // What a conversion makes is a record of its own, which no other flow writes.
      .filter(({ convert }) => convert === null && plan.convert === null)
      .filter((flow) => endText(flow.to) === to && endText(flow.from) !== endText(plan.from))
      .flatMap((other) => {
        const source = objectAt(other.from);
        const both = source === undefined ? [] : fills(other, source, between.to.object).filter((field) => own.has(field)); // prettier-ignore
        if (both.length === 0) return [];
        const labels = both.map((field) => between.entity.fields[field]?.label ?? field);
        return warning(
          `${endText(plan.from)} → ${to} and ${endText(other.from)} → ${to} (${other.name}) both fill ${listed(labels)}; of a record that is in both, whichever ran last wins`,
        );
      })
  );
};

/** Fields of the target that a flow fills. */
export function fills(
  { map, set, leaveOut }: FlowPlan,
  from: ObjectFacts,
  to: ObjectFacts,
): readonly string[] {
  const had = Object.keys(entityOf(from.entity).complete(sampleOf(from.fields)));
  const mapped = new Set([...had, ...Object.keys(map), ...Object.keys(set)]);
  return to.fields.filter((field) => mapped.has(field) && !leaveOut.includes(field));
}
