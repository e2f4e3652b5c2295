import { endText } from "#domain/flow.ts";
import { error, type Check, type Subject } from "./check.ts";
import { isHub, shortest, stepsOf, wayText, type Way } from "./graph.ts";

/**
 * Records that come back to where they came from need a place that says which of two values counts. The
 * hub is one, since it knows of each field whose it is.
 */
export const cycle: Check = (subject) => {
  const { plan, others } = subject;
  const passes = others.filter((flow) => comesBack(endText(flow.to), subject));
  const [from, to] = [endText(plan.from), endText(plan.to)];
  if (!comesBack(to, subject)) return [];
  const steps = stepsOf(passes);
  const back = shortest(to, from, steps);
  if (back !== null) return error(sentence([from, ...back]));
  const there = plan.twoWay === null ? null : shortest(from, to, steps);
  return there === null ? [] : error(sentence([to, ...there]));
};

/** What is written there is read from there again: not a message that is sent to somebody. */
const comesBack = (end: string, { objectAt, plan, others }: Subject): boolean => {
  const found = [plan, ...others].find(({ to }) => endText(to) === end)?.to;
  return !isHub(end) && (found === undefined || objectAt(found)?.keyed !== true);
};

const sentence = (round: Way): string =>
  round.length === 3
    ? `records would go round: ${wayText(round)}; one two-way flow does both, or the hub between them`
    : `records would go round: ${wayText(round)}, and nothing says which value counts; let each tool give to the hub and take from it`;
