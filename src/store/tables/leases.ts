import { instant } from "../columns.ts";
import { pgTable, text } from "../drizzle.ts";

/** Who renews a connection's credential just now; by the database's time. */
export const leases = pgTable("leases", {
  connection: text().primaryKey(),
  holder: text().notNull(),
  until: instant().notNull(),
});
