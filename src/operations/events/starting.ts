import type { Flow, Trigger } from "#domain/flow.ts";

type Starting = Extract<Trigger, { kind: "event" | "published" }>;

/** Whether something that happens starts the flow, at its source or among our own events. */
export const isStarted = (flow: Flow): flow is Flow & { trigger: Starting } =>
  flow.trigger.kind === "event" || flow.trigger.kind === "published";
