import type { EventType } from "#domain/event.ts";
import type { Events } from "#domain/ports/events.ts";
import type { Clock } from "#domain/ports/world.ts";

/** What somebody waits to be told of just now. */
export type Wanted = () => Promise<ReadonlySet<EventType>>;

/** A run asks page by page, and pages come by the dozen a second. */
const freshMs = 2_000;

/** Whoever asks to be told while a run is under way is told of what it stores from a moment later on. */
export function makeWanted(events: Pick<Events, "wanted">, clock: Pick<Clock, "now">): Wanted {
  let known: { types: ReadonlySet<EventType>; untilMs: number } | null = null;
  return async () => {
    const now = clock.now().epochMilliseconds;
    if (known === null || now >= known.untilMs)
      known = { types: await events.wanted(), untilMs: now + freshMs };
    return known.types;
  };
}
