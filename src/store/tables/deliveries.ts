import type { Write } from "#domain/record.ts";
import type { EventType } from "#domain/event.ts";
import { instant, jsonb, jsonText } from "../columns.ts";
import { index, integer, pgTable, sql, text, uniqueIndex } from "../drizzle.ts";

/** An attempt as it is stored. */
export type StoredAttempt = { at: string; status: number | null; ms: number; answer: string };

/** What a flow wrote, to which object. */
export type StoredWrite = { object: string; write: Write };

/** Events on their way to those who want to be told, and what came of it. */
export const deliveries = pgTable(
  "deliveries",
  {
    id: text().primaryKey(),
    connection: text().notNull(),
    /** Who asked to be told, by the id; none for the connection's own address. */
    subscription: text().notNull().default(""),
    event: text().notNull(),
    type: text().$type<EventType>().notNull(),
    subject: text().notNull(),
    /** Which flow sent it as it wrote, and what; none for an event of our own, which is kept itself. */
    flow: text(),
    written: jsonText<StoredWrite>(),
    /** When the event was. */
    at: instant().notNull(),
    state: text().$type<"waiting" | "delivered" | "failed">().notNull(),
    /** How often it was tried since it was last asked for. */
    tried: integer().notNull().default(0),
    nextAt: instant("next_at").notNull(),
    /** A worker has it until then. */
    takenUntil: instant("taken_until"),
    log: jsonb<StoredAttempt[]>().notNull(),
  },
  (t) => [
    uniqueIndex("deliveries_once").on(t.connection, t.event, t.subscription),
    index("deliveries_due")
      .on(t.nextAt, t.at, t.id)
      .where(sql`state = 'waiting'`),
    index("deliveries_by_age").on(t.connection, t.at, t.id),
  ],
);
