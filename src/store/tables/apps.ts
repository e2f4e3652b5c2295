import { pgTable, text } from "../drizzle.ts";

/** Clients of apps, sealed: one a connector and place it signs in at (an origin; empty is the tool's own). */
export const apps = pgTable("apps", {
  place: text().primaryKey(),
  client: text().notNull(),
});
