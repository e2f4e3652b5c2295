import { boolean, pgTable, primaryKey, text } from "../drizzle.ts";

/** Which deals were won when a flow saw them last at their source. */
export const dealsSeen = pgTable(
  "deals_seen",
  {
    connection: text().notNull(),
    object: text().notNull(),
    key: text().notNull(),
    won: boolean().notNull(),
  },
  (t) => [primaryKey({ columns: [t.connection, t.object, t.key] })],
);
