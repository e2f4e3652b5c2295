import { toSecond } from "../account.ts";
import { userShown } from "../user-view.ts";
import type { ColumnKind } from "./column-kind.ts";

/** When an item last changed and who did it: only read, kept by monday itself. Filters see the day alone. */
export const lastUpdated: ColumnKind<never> = {
  type: "last_updated",
  inner: "pulse-updated",
  shows: "LastUpdatedValue",
  operators: ["any_of", "not_any_of", "greater_than", "greater_than_or_equals", "lower_than", "lower_than_or_equal", "between"], // prettier-ignore
  write: null,
  text: (_, { item }) => `${toSecond(item.updated_at).replace("T", " ").replace("Z", "")} UTC`,
  value: (_, { item }) => ({ updated_at: toSecond(item.updated_at), updater_id: item.updater }),
  fields: (_, { item }) => ({
    updater_id: item.updater,
    updated_at: toSecond(item.updated_at),
    updater: () => userShown(item.updater),
  }),
  sought: (_, { item }) => ({
    empty: false,
    text: item.updated_at.slice(0, 10),
    terms: [item.updated_at.slice(0, 10)],
    order: item.updated_at,
  }),
};
