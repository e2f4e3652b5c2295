import type { Trigger } from "#domain/flow.ts";
import { cronProblem, zoneProblem } from "../cron.ts";
import type { Fault } from "./faults.ts";
import type { FlowEntry } from "./shape.ts";

/** What is wrong with a schedule or its zone. */
export function triggerFaults(trigger: FlowEntry["trigger"]): Fault[] {
  if (trigger === undefined || trigger === "manual") return [];
  const cron = cronProblem(trigger.cron);
  const zone = trigger.zone === undefined ? null : zoneProblem(trigger.zone);
  return [
    ...(cron === null ? [] : [{ path: ["trigger", "cron"], message: cron }]),
    ...(zone === null ? [] : [{ path: ["trigger", "zone"], message: zone }]),
  ];
}

/** A trigger without faults; none is manual, and a schedule without a zone goes by UTC. */
export function triggerOf(trigger: FlowEntry["trigger"]): Trigger {
  if (trigger === undefined || trigger === "manual") return { kind: "manual" };
  const cron = trigger.cron.trim().split(/\s+/).join(" ");
  return { kind: "cron", cron, zone: trigger.zone ?? "UTC" };
}
