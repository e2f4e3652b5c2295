import type { Role } from "#domain/actor.ts";
import { pgTable, primaryKey, text } from "../drizzle.ts";

/** Roles people and groups were given. */
export const grants = pgTable(
  "grants",
  {
    kind: text().$type<"user" | "group">().notNull(),
    id: text().notNull(),
    role: text().$type<Role>().notNull(),
  },
  (t) => [primaryKey({ columns: [t.kind, t.id] })],
);

/** Who was the first admin: at most one row, so that two who claim it at once cannot both be. */
export const firstAdmin = pgTable("first_admin", {
  id: text().primaryKey(),
  claimant: text().notNull(),
});
