import { instant } from "../columns.ts";
import { bigint, index, pgSequence, pgTable, text, uniqueIndex } from "../drizzle.ts";

/** Counts what tools told of their records. */
export const hintsSeq = pgSequence("hints_seq");

/** Records that a tool said have changed, each once; without a record it said no more than that. */
export const hints = pgTable(
  "hints",
  {
    connection: text().notNull(),
    object: text().notNull(),
    /** The record's id; empty where none was told. */
    record: text().notNull(),
    /** The id of the record it became. */
    into: text("into_record"),
    toldAt: instant("told_at").notNull(),
    /** The transaction that kept it, and the order within: what readers go on from. */
    tx: bigint({ mode: "number" }).notNull(),
    seq: bigint({ mode: "number" }).notNull(),
  },
  (t) => [
    uniqueIndex("hints_once").on(t.connection, t.object, t.record),
    index("hints_in_order").on(t.connection, t.object, t.tx, t.seq),
  ],
);
