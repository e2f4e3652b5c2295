import type { End, FlowPlan } from "#domain/flow.ts";
import type { ObjectFacts } from "#domain/ports/connector-facts.ts";
import type { Between } from "../../workspace/ends.ts";
import type { Fault } from "../../workspace/faults.ts";
import type { Load } from "../load.ts";

/** What a flow is judged by. */
export type Subject = {
  plan: FlowPlan;
  between: Between;
  /** The other flows there will be. */
  others: readonly FlowPlan[];
  /** The flow as it is, where it has linked records already. */
  linked: FlowPlan | null;
  objectAt(end: End): ObjectFacts | undefined;
  /** What one of its runs handled lately; null before it ran. */
  load: Load | null;
};

/** An error keeps the flow from being set up; a warning is shown, and a person may accept it. */
export type Finding = Fault & { level: "error" | "warning" };

export type Check = (subject: Subject) => readonly Finding[];

export const errors = (faults: readonly Fault[]): Finding[] =>
  faults.map((fault) => ({ ...fault, level: "error" }));

/** About the flow as a whole. */
export const warning = (message: string): Finding[] => [
  { level: "warning", path: [], message, atKey: true },
];
export const error = (message: string): Finding[] => [
  { level: "error", path: [], message, atKey: true },
];
