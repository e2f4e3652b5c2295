import type { Subject } from "#domain/ports/outbox.ts";
import { jsonText } from "../columns.ts";
import { index, pgTable, text } from "../drizzle.ts";

/** Where each subject stands in Slack. */
export const posts = pgTable(
  "posts",
  {
    key: text().primaryKey(),
    subject: jsonText<Subject>().notNull(),
    channel: text().notNull(),
    ts: text().notNull(),
  },
  (t) => [index("posts_by_message").on(t.channel, t.ts)],
);
