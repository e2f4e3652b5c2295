import { bigserial, index, pgTable, text } from "../drizzle.ts";

/** What messages to one of our addresses are signed with, as it was learned over that address; sealed. */
export const hookSecrets = pgTable(
  "hook_secrets",
  {
    id: text().primaryKey(),
    /** The hash of the address's token. */
    address: text().notNull(),
    seq: bigserial({ mode: "number" }).notNull(),
    secret: text().notNull(),
  },
  (t) => [index("hook_secrets_by_address").on(t.address, t.seq)],
);
