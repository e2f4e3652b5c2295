import { instant } from "../columns.ts";
import { pgTable, primaryKey, text } from "../drizzle.ts";

/** How those who are told of events take them. One that is not here takes them well. */
export const endpoints = pgTable(
  "endpoints",
  {
    connection: text().notNull(),
    /** As in deliveries. */
    subscription: text().notNull().default(""),
    state: text().$type<"on" | "off">().notNull(),
    reason: text(),
    turnedAt: instant("turned_at"),
    turnedBy: text("turned_by"),
    /** Since when every attempt has failed. */
    failingSince: instant("failing_since"),
    /** Nothing is sent before, since it asked for that. */
    notBefore: instant("not_before"),
  },
  (t) => [primaryKey({ columns: [t.connection, t.subscription] })],
);
