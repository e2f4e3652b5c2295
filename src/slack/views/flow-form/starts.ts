import type { Trigger } from "#domain/flow.ts";
import type { FlowEnd } from "#operations/contract.ts";
import { option } from "../../blocks.ts";

/** Schedules in plain words; anything else is typed. */
const presets: readonly (readonly [string, string])[] = [
  ["Every 15 minutes", "*/15 * * * *"],
  ["Every hour", "0 * * * *"],
  ["Every day at 07:00", "0 7 * * *"],
  ["Working days at 07:00", "0 7 * * 1-5"],
  ["Mondays at 07:00", "0 7 * * 1"],
];

const manual = option("Only when somebody starts it", "manual");
const event = option("When something changes there", "event");
export const own = option("At times of my own, below", "own");

/** What can start a flow from here. */
export const startOptions = ({ object }: Pick<FlowEnd, "object">) => [
  ...(object.events ? [event] : []),
  ...presets.map(([label, cron]) => option(label, cron)),
  own,
  manual,
];

/** Told of changes where the tool tells; else often enough for what can be read. */
export const usualStart = ({ object }: Pick<FlowEnd, "object">): string => {
  if (object.events) return "event";
  return object.incremental ? "*/15 * * * *" : "0 7 * * *";
};

/** Which option a trigger is, and what stands in the input for times of one's own. */
export function startOf(trigger: Trigger): { start: string; own: string } {
  if (trigger.kind !== "cron") return { start: trigger.kind, own: "" };
  const known = presets.some(([, cron]) => cron === trigger.cron);
  return known ? { start: trigger.cron, own: "" } : { start: "own", own: trigger.cron };
}
