import { index, pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import type { Fields } from "#domain/fields.ts";
import { jsonText } from "../columns.ts";

/** What each flow remembers of each record it has written. */
export const links = pgTable(
  "links",
  {
    flow: text().notNull(),
    key: text().notNull(),
    /** The record's id at the target. */
    id: text().notNull(),
    version: text(),
    hash: text().notNull(),
    base: jsonText<Fields>().notNull(),
  },
  (t) => [primaryKey({ columns: [t.flow, t.key] }), index("links_by_target").on(t.flow, t.id)],
);
