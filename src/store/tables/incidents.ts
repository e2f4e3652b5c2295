import { sql } from "drizzle-orm";
import { index, integer, pgTable, text, uniqueIndex } from "drizzle-orm/pg-core";
import { flowName, incidentId } from "#domain/ids.ts";
import type { Incident } from "#domain/incident.ts";
import { instant, jsonb, jsonText } from "../columns.ts";

/** What stands behind each Slack card: one for each cause of a flow and each error of a flow. */
export const incidents = pgTable(
  "incidents",
  {
    id: text().primaryKey(),
    flow: text().notNull(),
    kind: text().$type<Incident["subject"]["kind"]>().notNull(),
    /** The cause's fingerprint, or the error. */
    about: text().notNull(),
    subject: jsonText<Incident["subject"]>().notNull(),
    state: text().$type<Incident["state"]["kind"]>().notNull(),
    stateBy: text("state_by"),
    /** Until when it is snoozed, or since when it is closed. */
    stateAt: instant("state_at"),
    openedAt: instant("opened_at").notNull(),
    /** As they were when last settled, to see what is new. */
    open: integer().notNull().default(0),
    total: integer().notNull().default(0),
    written: integer().notNull().default(0),
    discarded: integer().notNull().default(0),
    history: jsonb<{ at: string; by: string; what: string }[]>().notNull(),
  },
  (t) => [
    uniqueIndex("incidents_one_each").on(t.flow, t.kind, t.about),
    index("incidents_open")
      .on(t.openedAt)
      .where(sql`state <> 'closed'`),
  ],
);

type Row = typeof incidents.$inferSelect;

export const toIncident = (row: Row): Incident => ({
  id: incidentId(row.id),
  flow: flowName(row.flow),
  subject: row.subject,
  state: toState(row),
  openedAt: row.openedAt,
  open: row.open,
  total: row.total,
  written: row.written,
  discarded: row.discarded,
});

function toState({ state, stateBy, stateAt, openedAt }: Row): Incident["state"] {
  const by = stateBy ?? "Tieline";
  const at = stateAt ?? openedAt;
  switch (state) {
    case "open":
      return { kind: "open" };
    case "snoozed":
      return { kind: "snoozed", until: at, by };
    case "closed":
      return { kind: "closed", at, by };
    default:
      return state satisfies never;
  }
}
