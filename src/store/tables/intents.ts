import type { Write } from "#domain/record.ts";
import type { Way } from "#domain/truth.ts";
import { jsonText } from "../columns.ts";
import { bigserial, index, pgTable, text } from "../drizzle.ts";

/** Write requests that were about to be sent and whose outcome is not stored. */
export const intents = pgTable(
  "intents",
  {
    id: text().primaryKey(),
    flow: text().notNull(),
    way: text().$type<Way>().notNull().default("there"),
    seq: bigserial({ mode: "number" }).notNull(),
    writes: jsonText<readonly Write[]>().notNull(),
  },
  (t) => [index("intents_by_flow").on(t.flow, t.seq)],
);
