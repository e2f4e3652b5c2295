import type { Approval, ApprovalState } from "#domain/approval.ts";
import { approvalId } from "#domain/ids.ts";
import type { Json } from "#domain/json.ts";
import { instant, jsonText } from "../columns.ts";
import { boolean, index, pgTable, sql, text } from "../drizzle.ts";

/** What needs a second person, and what became of it. */
export const approvals = pgTable(
  "approvals",
  {
    id: text().primaryKey(),
    kind: text().notNull(),
    subject: text().notNull(),
    what: jsonText<Json>().notNull(),
    hash: text().notNull(),
    askedBy: text("asked_by").notNull(),
    at: instant().notNull(),
    state: text().$type<ApprovalState["kind"]>().notNull(),
    /** Until when it waits. */
    until: instant(),
    /** Who decided, and when that or its replacement was. */
    stateBy: text("state_by"),
    stateAt: instant("state_at"),
    done: boolean().notNull().default(false),
  },
  (t) => [
    index("approvals_waiting")
      .on(t.kind, t.subject)
      .where(sql`state = 'waiting'`),
    index("approvals_unfinished")
      .on(t.at)
      .where(sql`state = 'approved' and not done`),
  ],
);

type Row = typeof approvals.$inferSelect;

export const toApproval = (row: Row): Approval => ({
  id: approvalId(row.id),
  kind: row.kind,
  subject: row.subject,
  what: row.what,
  hash: row.hash,
  askedBy: row.askedBy,
  at: row.at,
  state: toState(row),
});

function toState({ state, until, stateBy, stateAt, at: drafted, done }: Row): ApprovalState {
  const by = stateBy ?? "Tieline";
  const at = stateAt ?? drafted;
  switch (state) {
    case "draft":
      return { kind: "draft" };
    case "waiting":
      return { kind: "waiting", until: until ?? drafted };
    case "approved":
      return { kind: "approved", by, at, done };
    case "refused":
      return { kind: "refused", by, at };
    case "replaced":
      return { kind: "replaced", at };
    default:
      return state satisfies never;
  }
}
