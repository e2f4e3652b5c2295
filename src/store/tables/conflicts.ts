import type { Conflict } from "#domain/conflict.ts";
import type { Fields } from "#domain/fields.ts";
import { conflictId, flowName } from "#domain/ids.ts";
import { instant, jsonText } from "../columns.ts";
import { index, integer, pgTable, sql, text, uniqueIndex } from "../drizzle.ts";

/** Pairs of records between which a person has to decide, and those about which it was decided. */
export const conflicts = pgTable(
  "conflicts",
  {
    id: text().primaryKey(),
    flow: text().notNull(),
    key: text().notNull(),
    target: text().notNull(),
    record: jsonText<Fields>().notNull(),
    fields: jsonText<Conflict["fields"]>().notNull(),
    changed: jsonText<Conflict["changed"]>().notNull(),
    choices: jsonText<Conflict["choices"]>().notNull(),
    state: text().$type<Conflict["state"]["kind"]>().notNull(),
    /** Who chose or whose run settled it, and when. */
    stateBy: text("state_by"),
    stateAt: instant("state_at"),
    /** Why it is settled where the sides do not agree: the flow goes one way. */
    stateWhy: text("state_why").$type<"one_way">(),
    openedAt: instant("opened_at").notNull(),
    version: integer().notNull(),
  },
  (t) => [
    uniqueIndex("conflicts_one_open")
      .on(t.flow, t.key)
      .where(sql`state <> 'settled'`),
    index("conflicts_by_age")
      .on(t.openedAt, t.id)
      .where(sql`state <> 'settled'`),
  ],
);

type Row = typeof conflicts.$inferSelect;

export const toConflict = ({ state, stateBy, stateAt, stateWhy, ...row }: Row): Conflict => {
  const decided = { by: stateBy ?? "Tieline", at: stateAt ?? row.openedAt };
  return {
    ...row,
    id: conflictId(row.id),
    flow: flowName(row.flow),
    state:
      state === "open"
        ? { kind: state }
        : state === "chosen"
          ? { kind: state, ...decided }
          : { kind: state, ...decided, why: stateWhy ?? "agreed" },
  };
};
