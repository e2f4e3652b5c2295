import type { Settings } from "#domain/ports/settings.ts";
import { jsonb } from "../columns.ts";
import { pgTable, text } from "../drizzle.ts";

/** The workspace's own settings, as far as anybody changed them. */
export const settings = pgTable("settings", {
  id: text().primaryKey(),
  changed: jsonb<Partial<Settings>>().notNull(),
});
