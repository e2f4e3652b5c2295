import { pgTable, text } from "drizzle-orm/pg-core";
import { instant } from "../columns.ts";

/** Who renews a connection's credential just now; by the database's time. */
export const leases = pgTable("leases", {
  connection: text().primaryKey(),
  holder: text().notNull(),
  until: instant().notNull(),
});
