import type { Flow, FlowPlan, FlowState } from "#domain/flow.ts";
import { flowName } from "#domain/ids.ts";
import { instant, jsonText } from "../columns.ts";
import { boolean, integer, pgTable, text } from "../drizzle.ts";

/** A plan as it is stored: one from before a rule was there says nothing of it. */
export type StoredPlan = Omit<FlowPlan, "name" | Later> & Partial<Pick<FlowPlan, Later>>;
type Later = "convert" | "twoWay" | "leaveOut" | "window" | "share" | "pull";

/** What a person said each flow should do, and whether it is on. */
export const flows = pgTable("flows", {
  name: text().primaryKey(),
  plan: jsonText<StoredPlan>().notNull(),
  /** Which of `flow_versions` the plan is. */
  version: integer().notNull().default(1),
  state: text().$type<FlowState["kind"]>().notNull(),
  reason: text(),
  held: boolean().notNull().default(false),
  turnedBy: text("turned_by"),
  turnedAt: instant("turned_at"),
});

type Row = typeof flows.$inferSelect;

export const toFlow = (row: Row): Flow => ({
  ...toPlan(row.name, row.plan),
  state: toState(row),
  version: row.version,
});

export const toPlan = (name: string, plan: StoredPlan): FlowPlan => ({
  ...plan,
  name: flowName(name),
  convert: plan.convert ?? null,
  twoWay: plan.twoWay ?? null,
  leaveOut: plan.leaveOut ?? [],
  window: plan.window ?? null,
  share: plan.share ?? null,
  pull: plan.pull ?? [],
});

function toState({ state, reason, held, turnedBy, turnedAt }: Row): FlowState {
  const by = turnedBy ?? "Tieline";
  if (state === "on" || turnedAt === null) return { kind: "on" };
  if (state === "off") return { kind: "off", by, at: turnedAt };
  return { kind: "paused", reason: reason ?? "", held, by, at: turnedAt };
}
