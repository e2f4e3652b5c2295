import type { Connection, SecretSource } from "#domain/connection.ts";
import type { EventType } from "#domain/event.ts";
import { connectionName } from "#domain/ids.ts";
import { jsonText } from "../columns.ts";
import { pgTable, sql, text } from "../drizzle.ts";

/** Authorised accounts of tools. What they sign in with is not here but in `secrets`. */
export const connections = pgTable("connections", {
  name: text().primaryKey(),
  connector: text().notNull(),
  baseUrl: text("base_url"),
  settings: jsonText<Record<string, string>>().notNull(),
  credential: jsonText<Record<string, SecretSource>>().notNull(),
  owner: text(),
  events: jsonText<EventType[]>()
    .notNull()
    .default(sql`'[]'`),
});

export const toConnection = (row: typeof connections.$inferSelect): Connection => ({
  ...row,
  name: connectionName(row.name),
});
