import { instant } from "../columns.ts";
import { pgTable, primaryKey, text } from "../drizzle.ts";

/** Webhooks at tools that we asked for ourselves. */
export const watches = pgTable(
  "watches",
  {
    connection: text().notNull(),
    name: text().notNull(),
    /** The hash of its address's token. */
    address: text().notNull(),
    origin: text().notNull(),
    at: instant().notNull(),
    state: text().$type<"asked" | "made" | "refused">().notNull(),
    /** The tool's own id of it. */
    hook: text(),
    /** Further values of the tool's answer, as JSON. */
    kept: text(),
    expires: instant(),
    problem: text(),
  },
  (t) => [primaryKey({ columns: [t.connection, t.name] })],
);
