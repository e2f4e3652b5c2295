import { randomUUID } from "node:crypto";
import type { InboxEnd, Told } from "#domain/ports/inbox.ts";
import { clean } from "./clean.ts";
import type { Row } from "./handle.ts";

/** What one sender is waiting to be told is kept. */
export type Delivery = { end: InboxEnd; events: readonly Told[] };

export type ToldRow = Record<"connection" | "object" | "event" | "record" | "content", string> & {
  gone: boolean;
  at: string | null;
  /** Something of a later time stands before it, here. */
  late: boolean;
  /** Which of the deliveries it is of. */
  delivery: number;
};

/** All that was told, in the order in which it came. */
export function toldIn(deliveries: readonly Delivery[]): readonly ToldRow[] {
  const latest = new Map<string, Temporal.Instant>();
  return deliveries.flatMap(({ end, events }, delivery) =>
    events.map((told): ToldRow => {
      const { at, gone } = told;
      const { connection } = end;
      const object = clean(end.object);
      const record = clean(told.record);
      const key = JSON.stringify([connection, object, record]);
      const known = latest.get(key);
      const late = at !== null && known !== undefined && Temporal.Instant.compare(known, at) > 0;
      if (at !== null && !late) latest.set(key, at);
      const event = clean(told.event ?? `ours:${randomUUID()}`);
      const content = clean(told.content);
      return { connection, object, event, record, content, gone, at: at?.toString() ?? null, late, delivery }; // prettier-ignore
    }),
  );
}

/** By what an event is known: where, and its id. */
export const keyOf = ({ connection, object, event }: ToldRow | Row): string =>
  JSON.stringify([connection, object, event]);
