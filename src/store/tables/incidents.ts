import { connectionName, flowName, incidentId } from "#domain/ids.ts";
import type { FlowIncident, Incident, OutsideIncident } from "#domain/incident.ts";
import { instant, jsonb, jsonText } from "../columns.ts";
import { index, integer, pgTable, sql, text, uniqueIndex } from "../drizzle.ts";

/** What stands behind each Slack card: one for each cause and error of a flow, and cause outside. */
export const incidents = pgTable(
  "incidents",
  {
    id: text().primaryKey(),
    /** Empty where it is about a connection. */
    flow: text().notNull(),
    connection: text(),
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

export const toIncident = (row: Row): Incident =>
  row.kind === "outside" ? toOutsideIncident(row) : toFlowIncident(row);

export const toFlowIncident = (row: Row): FlowIncident => ({
  ...common(row),
  flow: flowName(row.flow),
  subject: row.subject as FlowIncident["subject"],
});

export const toOutsideIncident = (row: Row): OutsideIncident => ({
  ...common(row),
  flow: null,
  connection: connectionName(row.connection ?? ""),
  subject: row.subject as OutsideIncident["subject"],
});

const common = (row: Row) => ({
  id: incidentId(row.id),
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
