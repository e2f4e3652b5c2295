import type { Event, EventType, NewEvent } from "#domain/event.ts";
import type { Events } from "#domain/ports/events.ts";

/** Events in memory; `types`: what somebody waits for. */
export function memoryEvents(types: readonly EventType[] = []) {
  const wanted = new Set(types);
  const kept: Event[] = [];
  let reached = 0;
  const events: Events = {
    wanted: () => Promise.resolve(wanted),
    publish: (event, at) => Promise.resolve(keep(event, at)),
    next(limit) {
      const found = kept.slice(reached, reached + limit);
      return Promise.resolve({ events: found, mark: reached + found.length, later: false });
    },
    handedOut(mark) {
      reached = Number(mark);
      return Promise.resolve(0);
    },
    forget: () => Promise.resolve(),
  };
  const keep = (event: NewEvent, at: Temporal.Instant): boolean => {
    if (!wanted.has(event.type)) return false;
    kept.push({ ...event, id: `event-${kept.length + 1}`, at });
    return true;
  };
  return { ...events, types: wanted, kept, keep };
}
export type MemoryEvents = ReturnType<typeof memoryEvents>;
