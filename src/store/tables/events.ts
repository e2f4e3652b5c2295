import type { EventData, EventType } from "#domain/event.ts";
import { instant, jsonText } from "../columns.ts";
import { bigint, index, pgSequence, pgTable, text } from "../drizzle.ts";

/** Counts what happened here. */
export const eventsSeq = pgSequence("events_seq");

/** What happened here and somebody waited for. */
export const events = pgTable(
  "events",
  {
    id: text().primaryKey(),
    type: text().$type<EventType>().notNull(),
    source: text().notNull(),
    subject: text().notNull(),
    data: jsonText<EventData>().notNull(),
    at: instant().notNull(),
    /** The transaction that kept it, and the order within: what readers go on from. */
    tx: bigint({ mode: "number" }).notNull(),
    seq: bigint({ mode: "number" }).notNull(),
  },
  (t) => [index("events_in_order").on(t.tx, t.seq), index("events_by_age").on(t.at)],
);

/** Up to which event all are handed out; one row. */
export const eventMarks = pgTable("event_marks", {
  name: text().primaryKey(),
  tx: bigint({ mode: "number" }).notNull(),
  seq: bigint({ mode: "number" }).notNull(),
});
