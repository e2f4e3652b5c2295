import { instant, jsonb } from "../columns.ts";
import { integer, pgTable, primaryKey, text } from "../drizzle.ts";

/** Calls drawn of late from each connection's limits, by slots of time. */
export const buckets = pgTable(
  "buckets",
  {
    connection: text().notNull(),
    name: text().notNull(),
    /** Slot number: calls. */
    drawn: jsonb<Record<string, number>>().notNull(),
    granted: integer().notNull(),
    closedUntil: instant("closed_until"),
  },
  (t) => [primaryKey({ columns: [t.connection, t.name] })],
);
