import { endText } from "#domain/flow.ts";
import { warning, type Check } from "./check.ts";
import { longest, reversed, stepsOf, wayText } from "./graph.ts";

const kind = 3;

/** A change that passes through many flows comes late, and a failure on the way is hard to see. */
export const chain: Check = ({ plan, others }) => {
  const steps = stepsOf(others);
  const [from, to] = [endText(plan.from), endText(plan.to)];
  const before = longest(from, reversed(steps), [to]).toReversed();
  const way = [...before, ...longest(to, steps, before)];
  const flows = way.length - 1;
  return flows <= kind
    ? []
    : warning(
        `a change would pass through ${flows} flows one after the other: ${wayText(way)}; it comes late at the end, and more than ${kind} are hard to follow`,
      );
};
