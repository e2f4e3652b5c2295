import { eventTypes, isEventType } from "#domain/event.ts";
import type { ConnectorFacts } from "#domain/ports/connector-facts.ts";
import { nearest, listed } from "../nearest.ts";
import type { Fault } from "../workspace/faults.ts";

/** What is wrong with a list of events that a connection is to be told of. */
export function eventFaults(events: readonly string[], { title, tells }: ConnectorFacts): Fault[] {
  if (events.length > 0 && !tells)
    return [{ path: ["events"], message: `${title} takes no events of ours; a webhook, Zapier or Make does`, atKey: true }]; // prettier-ignore
  return events.flatMap((name, place) =>
    isEventType(name) ? [] : [{ path: ["events", String(place)], message: noEvent(name) }],
  );
}

function noEvent(name: string): string {
  const begin = `nothing here is told as “${name.slice(0, 60)}”`;
  const meant = nearest(name, eventTypes);
  return meant === null
    ? `${begin}; there are ${listed(eventTypes, 30)}`
    : `${begin}; did you mean ${meant}?`;
}
