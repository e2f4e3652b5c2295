import type { FlowVersion } from "#domain/flow.ts";
import { flowName } from "#domain/ids.ts";
import { instant, jsonText } from "../columns.ts";
import { integer, pgTable, primaryKey, text } from "../drizzle.ts";
import { toPlan, type StoredPlan } from "./flows.ts";

/** What each flow was to do, from its first version on; kept when the flow is removed. */
export const flowVersions = pgTable(
  "flow_versions",
  {
    flow: text().notNull(),
    version: integer().notNull(),
    plan: jsonText<StoredPlan>().notNull(),
    by: text().notNull(),
    at: instant().notNull(),
    what: text().notNull(),
  },
  (t) => [primaryKey({ columns: [t.flow, t.version] })],
);

export const toFlowVersion = (row: typeof flowVersions.$inferSelect): FlowVersion => ({
  ...row,
  flow: flowName(row.flow),
  plan: toPlan(row.flow, row.plan),
});
