import { endText, type FlowPlan } from "#domain/flow.ts";
import { error, type Check } from "./check.ts";

/** What a flow remembers of its records belongs to its ends, so those stay once it remembers any. */
export const endsStay: Check = ({ plan, linked }) => {
  if (linked === null || ends(linked) === ends(plan)) return [];
  return error(
    `${plan.name} goes from ${ends(linked)}, and what it remembers of its records belongs there; for ${ends(plan)} please make a new flow`,
  );
};

const ends = ({ from, to }: FlowPlan): string => `${endText(from)} to ${endText(to)}`;
