import type { EntityName } from "#domain/entities/index.ts";
import type { Ownership } from "#domain/ownership.ts";
import { instant, jsonText } from "../columns.ts";
import { integer, pgTable, primaryKey, text } from "../drizzle.ts";

/** Who owns which field of the golden records: every version of it, the newest of each entity counts. */
export const hubRules = pgTable(
  "hub_rules",
  {
    entity: text().$type<EntityName>().notNull(),
    version: integer().notNull(),
    ownership: jsonText<Ownership>().notNull(),
    by: text().notNull(),
    at: instant().notNull(),
  },
  (t) => [primaryKey({ columns: [t.entity, t.version] })],
);
