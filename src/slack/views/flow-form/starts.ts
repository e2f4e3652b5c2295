import { entityIn, eventText, isEventType, type EventType } from "#domain/event.ts";
import type { FlowPlan, Trigger } from "#domain/flow.ts";
import type { FlowChoices, FlowEnd } from "#operations/contract.ts";
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
export const startOptions = (
  { object }: Pick<FlowEnd, "object">,
  published: readonly EventType[],
) => [
  ...(object.events ? [event] : []),
  ...published.map((type) => option(`When ${eventText(type)} (${type})`, startOn(type))),
  ...presets.map(([label, cron]) => option(label, cron)),
  own,
  manual,
];

/** What other flows tell of such records, that a run of one is over, and what the flow starts on already. */
export function startsFor(
  told: FlowChoices["published"],
  name: string,
  { object }: Pick<FlowEnd, "object">,
  flow: Pick<FlowPlan, "trigger"> | null,
): readonly EventType[] {
  const others = told.filter((one) => one.flow !== name).map(({ event }) => event);
  const fitting = others.filter(
    (type) => type === "run.finished" || entityIn(type) === object.entity,
  );
  const current = flow?.trigger.kind === "published" ? [flow.trigger.event] : [];
  return [...new Set([...current, ...fitting])];
}

const startOn = (type: EventType): string => `on ${type}`;

/** The event that a choice stands for; null for another choice. */
export function startedBy(start: string): EventType | null {
  const type = start.startsWith("on ") ? start.slice(3) : "";
  return isEventType(type) ? type : null;
}

/** Told of changes where the tool tells; else often enough for what can be read. */
export const usualStart = ({ object }: Pick<FlowEnd, "object">): string => {
  if (object.events) return "event";
  return object.incremental ? "*/15 * * * *" : "0 7 * * *";
};

/** Which option a trigger is, and what stands in the input for times of one's own. */
export function startOf(trigger: Trigger): { start: string; own: string } {
  if (trigger.kind === "published") return { start: startOn(trigger.event), own: "" };
  if (trigger.kind !== "cron") return { start: trigger.kind, own: "" };
  const known = presets.some(([, cron]) => cron === trigger.cron);
  return known ? { start: trigger.cron, own: "" } : { start: "own", own: trigger.cron };
}
