import { endText, type FlowPlan } from "./flow.ts";
import { hubName } from "./hub-name.ts";
import type { FlowName } from "./ids.ts";

/**
 * A flow that goes one way, to the hub or from it. What is written by it and by the one that comes back is
 * agreed between the two, as in a two-way flow.
 */
export type Spoke = {
  heading: "in" | "out";
  /** Flows that go the other way between the same two objects. */
  counters: readonly FlowName[];
};

/** Null for a flow that is none, or from which nothing comes back to the hub. */
export function spokeOf(flow: FlowPlan, flows: readonly FlowPlan[]): Spoke | null {
  if (!isPlain(flow)) return null;
  const counters = flows.filter((other) => isCounter(other, flow)).map(({ name }) => name);
  if (flow.to.connection === hubName) return { heading: "in", counters };
  return flow.from.connection === hubName && counters.length > 0
    ? { heading: "out", counters }
    : null;
}

const isPlain = ({ twoWay, convert }: FlowPlan): boolean => twoWay === null && convert === null;

const isCounter = (other: FlowPlan, { from, to, map }: FlowPlan): boolean =>
  isPlain(other) &&
  endText(other.from) === endText(to) &&
  endText(other.to) === endText(from) &&
  pairs(other.map) === pairs(Object.fromEntries(Object.entries(map).map(([a, b]) => [b, a])));

const pairs = (map: FlowPlan["map"]): string => JSON.stringify(Object.entries(map).sort());
