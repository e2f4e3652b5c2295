import { eventFields, eventTypes, isEventType, type EventType } from "#domain/event.ts";
import type { Trigger, Window } from "#domain/flow.ts";
import { conditionFaults, spelledWhere } from "../conditions/judge.ts";
import { cronProblem, zoneProblem } from "../cron.ts";
import { listed, nearest } from "../nearest.ts";
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
  if ("event" in trigger) return publishedFaults(trigger);
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

type Published = Extract<FlowEntry["trigger"], { event: string }>;

/** A condition is on a field that such an event has, and on a value which that takes. */
function publishedFaults({ event, where }: Published): Fault[] {
  if (!isEventType(event)) return [{ path: ["trigger", "event"], message: noEvent(event) }];
  return Object.entries(where ?? {}).flatMap(([name, asked]) => {
    const path = ["trigger", "where", name];
    const field = eventFields(event)[name];
    if (field === undefined) return [{ path, message: noFieldIn(event, name), atKey: true }];
    return conditionFaults(name, asked, field).map((fault) => ({
      ...fault,
      path: [...path, ...fault.path],
    }));
  });
}

const noEvent = (name: string): string =>
  instead(`nothing here is told as “${name.slice(0, 60)}”`, "there are", name, eventTypes);

const noFieldIn = (event: EventType, name: string): string =>
  instead(`${event} has no field “${name.slice(0, 60)}”`, "it has", name, Object.keys(eventFields(event))); // prettier-ignore

function instead(begin: string, there: string, name: string, names: readonly string[]): string {
  const meant = nearest(name, names);
  return meant === null
    ? `${begin}; ${there} ${listed(names, 30)}`
    : `${begin}; did you mean ${meant}?`;
}

/** One whose event there is none of is as good as none: its fault is told. */
function publishedOf({ event, where }: Published): Trigger {
  if (!isEventType(event)) return { kind: "manual" };
  return {
    kind: "published",
    event,
    where: spelledWhere(where ?? {}, { fields: eventFields(event) }),
  };
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
  if ("event" in trigger) return publishedOf(trigger);
  const cron = trigger.cron.trim().split(/\s+/).join(" ");
  return { kind: "cron", cron, zone: trigger.zone ?? "UTC" };
}
