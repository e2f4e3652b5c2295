import { instant } from "../columns.ts";
import { pgTable, text } from "../drizzle.ts";

/** One-time pages that may still be opened. The token itself is nowhere. */
export const invitations = pgTable("invitations", {
  tokenHash: text("token_hash").primaryKey(),
  connection: text().notNull(),
  invitee: text().notNull(),
  expires: instant().notNull(),
});
