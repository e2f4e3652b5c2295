import type { Subject } from "#domain/ports/outbox.ts";
import { instant, jsonText } from "../columns.ts";
import { bigserial, index, integer, pgTable, text } from "../drizzle.ts";

/** What Slack is still to be told. */
export const outbox = pgTable(
  "outbox",
  {
    key: text().primaryKey(),
    seq: bigserial({ mode: "number" }).notNull(),
    subject: jsonText<Subject>().notNull(),
    attempts: integer().notNull().default(0),
    /** Null: at once. */
    notBefore: instant("not_before"),
    reason: text(),
    /** How often it was asked for, and how often when the sender last looked. */
    asked: integer().notNull().default(1),
    seen: integer().notNull().default(0),
  },
  (t) => [index("outbox_by_age").on(t.seq)],
);
