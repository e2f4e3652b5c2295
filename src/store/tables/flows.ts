import { boolean, pgTable, text } from "drizzle-orm/pg-core";
import type { Flow, FlowPlan, FlowState } from "#domain/flow.ts";
import { flowName } from "#domain/ids.ts";
import { instant, jsonText } from "../columns.ts";

/** What a person said each flow should do, and whether it is on. */
export const flows = pgTable("flows", {
  name: text().primaryKey(),
  /** `twoWay` is not in those that were stored before there were such flows. */
  plan: jsonText<Omit<FlowPlan, "name" | "twoWay"> & Partial<Pick<FlowPlan, "twoWay">>>().notNull(),
  state: text().$type<FlowState["kind"]>().notNull(),
  reason: text(),
  held: boolean().notNull().default(false),
  turnedBy: text("turned_by"),
  turnedAt: instant("turned_at"),
});

type Row = typeof flows.$inferSelect;

export const toFlow = (row: Row): Flow => ({
  twoWay: null,
  ...row.plan,
  name: flowName(row.name),
  state: toState(row),
});

const toState = ({ state, reason, held, turnedBy, turnedAt }: Row): FlowState =>
  state === "on" || turnedAt === null
    ? { kind: "on" }
    : { kind: "paused", reason: reason ?? "", held, by: turnedBy ?? "Tieline", at: turnedAt };
