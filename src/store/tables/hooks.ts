import { instant } from "../columns.ts";
import { boolean, index, integer, pgTable, text } from "../drizzle.ts";

/** Addresses of ours that somebody outside was given. The token itself is nowhere. */
export const hooks = pgTable(
  "hooks",
  {
    tokenHash: text("token_hash").primaryKey(),
    connection: text().notNull(),
    /** Whether it is that of a webhook we have made ourselves. */
    own: boolean().notNull().default(false),
    /** How many secrets were learned over it. */
    learned: integer().notNull().default(0),
    madeAt: instant("made_at").notNull(),
  },
  (t) => [index("hooks_by_connection").on(t.connection)],
);
