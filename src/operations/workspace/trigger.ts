import type { Trigger, Window } from "#domain/flow.ts";
import { cronProblem, zoneProblem } from "../cron.ts";
import type { Between } from "./ends.ts";
import type { Fault } from "./faults.ts";
import type { FlowEntry } from "./shape.ts";

/** What is wrong with a schedule or its zone, or with waiting for a source that tells nothing. */
export function triggerFaults(
  trigger: FlowEntry["trigger"],
  from: Between["from"] | undefined,
): Fault[] {
  if (trigger === undefined || trigger === "manual") return [];
  if (trigger === "event") return eventFaults(from);
  const cron = cronProblem(trigger.cron);
  const zone = trigger.zone === undefined ? null : zoneProblem(trigger.zone);
  return [
    ...(cron === null ? [] : [{ path: ["trigger", "cron"], message: cron }]),
    ...(zone === null ? [] : [{ path: ["trigger", "zone"], message: zone }]),
  ];
}

function eventFaults(from: Between["from"] | undefined): Fault[] {
  if (from === undefined || from.object.events) return [];
  const message = `${from.title} ${from.object.name} does not tell us when something changes; a schedule is accepted, such as { cron: "*/15 * * * *" }`;
  return [{ path: ["trigger"], message }];
}

/** What is wrong with the zone of a flow's hours. */
export function windowFaults(window: FlowEntry["window"]): Fault[] {
  const zone = window?.zone === undefined ? null : zoneProblem(window.zone);
  return zone === null ? [] : [{ path: ["window", "zone"], message: zone }];
}

/** Hours without a zone go by UTC. */
export const windowOf = (window: FlowEntry["window"]): Window | null =>
  window ? { ...window, zone: window.zone ?? "UTC" } : null;

/** A trigger without faults; none is manual, and a schedule without a zone goes by UTC. */
export function triggerOf(trigger: FlowEntry["trigger"]): Trigger {
  if (trigger === undefined || trigger === "manual") return { kind: "manual" };
  if (trigger === "event") return { kind: "event" };
  const cron = trigger.cron.trim().split(/\s+/).join(" ");
  return { kind: "cron", cron, zone: trigger.zone ?? "UTC" };
}
