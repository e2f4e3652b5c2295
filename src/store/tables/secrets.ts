import { integer, pgTable, text } from "drizzle-orm/pg-core";

/** Credentials, sealed (see sealing.ts). */
export const secrets = pgTable("secrets", {
  connection: text().primaryKey(),
  /** Given on the one-time page. */
  kept: text(),
  /** What the tool gave in exchange for `kept` or for the values of the environment. */
  renewed: text(),
  /** A keyed hash of what `renewed` came from: once that is another, `renewed` is void. */
  renewedFrom: text("renewed_from"),
  version: integer().notNull(),
});
