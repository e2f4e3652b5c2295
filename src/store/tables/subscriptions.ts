import { instant } from "../columns.ts";
import { bigserial, index, pgTable, text } from "../drizzle.ts";

/** Who asked to be told of which events of a connection. The address is sealed: who knows it may post there. */
export const subscriptions = pgTable(
  "subscriptions",
  {
    id: text().primaryKey(),
    connection: text().notNull(),
    event: text().notNull(),
    seq: bigserial({ mode: "number" }).notNull(),
    url: text().notNull(),
    madeAt: instant("made_at").notNull(),
  },
  (t) => [index("subscriptions_by_event").on(t.connection, t.event, t.seq)],
);
