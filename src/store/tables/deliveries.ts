import { sql } from "drizzle-orm";
import { index, integer, pgTable, text, uniqueIndex } from "drizzle-orm/pg-core";
import type { EventType } from "#domain/event.ts";
import { instant, jsonb } from "../columns.ts";

/** An attempt as it is stored. */
export type StoredAttempt = { at: string; status: number | null; ms: number; answer: string };

/** Events on their way to those who want to be told, and what came of it. */
export const deliveries = pgTable(
  "deliveries",
  {
    id: text().primaryKey(),
    connection: text().notNull(),
    event: text().notNull(),
    type: text().$type<EventType>().notNull(),
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
    uniqueIndex("deliveries_once").on(t.connection, t.event),
    index("deliveries_due")
      .on(t.nextAt, t.at, t.id)
      .where(sql`state = 'waiting'`),
    index("deliveries_by_age").on(t.connection, t.at, t.id),
  ],
);
