import type { Failure } from "#domain/failure.ts";
import { instant, jsonText } from "../columns.ts";
import { boolean, index, pgTable, text, uniqueIndex } from "../drizzle.ts";

/** Failures of automations at tools, each once. */
export const failures = pgTable(
  "failures",
  {
    connection: text().notNull(),
    /** The tool's own id of it. */
    event: text().notNull(),
    /** The cause: which incident it belongs to. */
    about: text().notNull(),
    failure: jsonText<Failure>().notNull(),
    at: instant().notNull(),
    over: boolean().notNull(),
  },
  (t) => [
    uniqueIndex("failures_once").on(t.connection, t.event),
    index("failures_by_cause").on(t.connection, t.about),
  ],
);
