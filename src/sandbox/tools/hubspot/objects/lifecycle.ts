import { option } from "../records/property-kinds.ts";
import type { Properties, Values } from "./object-type.ts";

const stages = ["subscriber", "lead", "marketingqualifiedlead", "salesqualifiedlead", "opportunity", "customer", "evangelist", "other"]; // prettier-ignore

export const lifecycleStage = option(...stages);

/** The stage only moves forward; an earlier one is passed over without a word (unverified). */
export function forwardOnly(before: Properties | null, changes: Values): Values {
  const { lifecyclestage: next, ...others } = changes;
  const now = before?.["lifecyclestage"];
  if (now === undefined || next === undefined || next === null) return changes;
  return stages.indexOf(next) < stages.indexOf(now) ? others : changes;
}
