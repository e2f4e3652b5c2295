import { instant } from "../columns.ts";
import { bigint, boolean, index, pgSequence, pgTable, text, uniqueIndex } from "../drizzle.ts";

/** Counts the events that came in. */
export const receivedSeq = pgSequence("received_seq");

/** Events that came in, each once: what an object without a list of its own is read from. */
export const received = pgTable(
  "received",
  {
    connection: text().notNull(),
    object: text().notNull(),
    /** The sender's id of the event, or one of ours where it has none. */
    event: text().notNull(),
    record: text().notNull(),
    gone: boolean().notNull(),
    /** JSON as it came. */
    content: text().notNull(),
    /** When it happened, as the sender says. */
    at: instant(),
    receivedAt: instant("received_at").notNull(),
    /** It tells of a time before what was known already. */
    late: boolean().notNull(),
    /** The transaction that kept it, and the order within: what readers go on from. */
    tx: bigint({ mode: "number" }).notNull(),
    seq: bigint({ mode: "number" }).notNull(),
  },
  (t) => [
    uniqueIndex("received_once").on(t.connection, t.object, t.event),
    index("received_in_order").on(t.connection, t.object, t.tx, t.seq),
    index("received_by_record").on(t.connection, t.object, t.record, t.tx, t.seq),
  ],
);
