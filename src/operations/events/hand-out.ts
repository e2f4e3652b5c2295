import { testsOf } from "#domain/condition.ts";
import { valuesIn, type Event } from "#domain/event.ts";
import { zoneOf, type Flow } from "#domain/flow.ts";
import { hubName } from "#domain/hub.ts";
import type { World } from "../world.ts";

const batch = 500;
const lookAgainSeconds = 1;
/** A tool that was just written to may need so long until it shows that to who asks what has changed. */
const settleSeconds = 30;

/**
 * Tells what happened to everybody who waits for it: flows are started, and each connection that is told
 * has something to be sent. Every event is handed out once; a flow that is woken twice finds nothing new.
 * Returns when to look again, null where all is handed out.
 */
export async function handOut(
  { events, registry, queue }: Pick<World, "events" | "registry" | "queue">,
  at: Temporal.Instant,
): Promise<Temporal.Instant | null> {
  for (;;) {
    const { events: happened, mark, later } = await events.next(batch);
    if (happened.length === 0) return later ? at.add({ seconds: lookAgainSeconds }) : null;
    for (const flow of await registry.flows()) {
      const started = happened.filter((event) => startsOn(flow, event));
      if (started.length === 0) continue;
      const waits = started.every((event) => isUnsettled(flow, event));
      const job = { kind: "event", flow: flow.name } as const;
      await (waits ? queue.add(job, at.add({ seconds: settleSeconds })) : queue.add(job));
    }
    if ((await events.handedOut(mark, at)) > 0) await queue.add({ kind: "deliver" });
  }
}

/** What a flow does itself does not start it. */
function startsOn(flow: Flow, event: Event): boolean {
  const { trigger, state, name } = flow;
  if (trigger.kind !== "published" || state.kind !== "on") return false;
  if (trigger.event !== event.type || event.data["flow"] === name) return false;
  const values = valuesIn(event);
  const moment = { now: event.at, zone: zoneOf(flow) };
  return testsOf(trigger.where, moment).every(([field, holds]) => holds(values[field]));
}

/** It was written just now, to where the flow is going to read; our own hub shows it at once. */
function isUnsettled({ from }: Flow, { data }: Event): boolean {
  const { connection, object } = (data["to"] ?? {}) as { connection?: string; object?: string };
  return from.connection !== hubName && from.connection === connection && from.object === object;
}
