import type { Fields } from "#domain/fields.ts";
import type { Origins } from "#domain/ownership.ts";
import { instant, jsonText } from "../columns.ts";
import { bigint, boolean, index, pgSequence, pgTable, primaryKey, text } from "../drizzle.ts";

/** Counts the changes of golden records. */
export const hubSeq = pgSequence("hub_seq");

/** Golden records: one row for each record of each entity. */
export const hubRecords = pgTable(
  "hub_records",
  {
    entity: text().notNull(),
    id: text().notNull(),
    fields: jsonText<Fields>().notNull(),
    /** Where each field came from. */
    origins: jsonText<Origins>().notNull(),
    version: bigint({ mode: "number" }).notNull().default(1),
    gone: boolean().notNull().default(false),
    changedAt: instant("changed_at").notNull(),
    /** The transaction that changed it last, and the order within: what readers go on from. */
    tx: bigint({ mode: "number" }).notNull(),
    seq: bigint({ mode: "number" }).notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.entity, t.id] }),
    index("hub_records_by_change").on(t.entity, t.tx, t.seq),
  ],
);
