import type { ConnectorVersion } from "#domain/ports/connector-versions.ts";
import { approvalId } from "#domain/ids.ts";
import { instant } from "../columns.ts";
import { integer, pgTable, primaryKey, text, uniqueIndex } from "../drizzle.ts";

/** Every manifest that was ever registered from Slack. Rows are only ever added. */
export const connectorVersions = pgTable(
  "connector_versions",
  {
    connector: text().notNull(),
    version: integer().notNull(),
    text: text().notNull(),
    hash: text().notNull(),
    note: text().notNull(),
    registeredBy: text("registered_by").notNull(),
    registeredAt: instant("registered_at").notNull(),
    approvedBy: text("approved_by").notNull(),
    approval: text().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.connector, t.version] }),
    uniqueIndex("connector_versions_one_each").on(t.approval),
  ],
);

/** Which version of each is in use: 0 is none of ours. `changes` counts up with every turn. */
export const registeredConnectors = pgTable("registered_connectors", {
  connector: text().primaryKey(),
  current: integer().notNull(),
  newest: integer().notNull(),
  changes: integer().notNull(),
});

export const toConnectorVersion = (
  row: typeof connectorVersions.$inferSelect,
): ConnectorVersion => ({ ...row, approval: approvalId(row.approval) });
