import { instant } from "../columns.ts";
import { integer, pgTable, text } from "../drizzle.ts";

/** Credentials, sealed (see sealing.ts). */
export const secrets = pgTable("secrets", {
  connection: text().primaryKey(),
  /** Given on the one-time page, or by a sign-in. */
  kept: text(),
  /** What the tool gave in exchange for `kept` or for the values of the environment. */
  renewed: text(),
  /** A keyed hash of what `renewed` came from: once that is another, `renewed` is void. */
  renewedFrom: text("renewed_from"),
  version: integer().notNull(),
  /** When somebody has to sign in again; null where nobody says. */
  expires: instant(),
  /** Since when the tool will not renew it. */
  refused: instant(),
  /** Whose account it was found to be, sealed. */
  account: text(),
});
