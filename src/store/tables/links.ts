import type { Fields } from "#domain/fields.ts";
import type { Back } from "#domain/link.ts";
import { jsonText } from "../columns.ts";
import { index, pgTable, primaryKey, sql, text } from "../drizzle.ts";

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
    /** Of the source's text that `hash` was made of, where it can be told by that. */
    print: text(),
    base: jsonText<Fields>().notNull(),
    /** Of the other end, in a two-way flow; the hash by itself, so that what is owed can be found. */
    backHash: text("back_hash"),
    back: jsonText<Omit<Back, "hash">>(),
  },
  (t) => [
    primaryKey({ columns: [t.flow, t.key] }),
    index("links_by_target").on(t.flow, t.id),
    index("links_owed")
      .on(t.flow, t.key)
      .where(sql`hash = ''`),
    index("links_owed_back")
      .on(t.flow, t.id)
      .where(sql`back_hash = ''`),
  ],
);
