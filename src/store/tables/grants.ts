import { pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import type { Role } from "#domain/actor.ts";

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
