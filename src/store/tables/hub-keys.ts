import { index, pgTable, primaryKey, text } from "../drizzle.ts";

/** Values by which a golden record is found, in small letters. */
export const hubKeys = pgTable(
  "hub_keys",
  {
    entity: text().notNull(),
    id: text().notNull(),
    field: text().notNull(),
    value: text().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.entity, t.id, t.field] }),
    index("hub_keys_by_value").on(t.entity, t.field, t.value),
  ],
);
