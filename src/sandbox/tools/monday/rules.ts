import type { Account } from "./account.ts";
import { columnKinds } from "./columns/index.ts";
import { BY_TEXT, type Sought, soughtText } from "./columns/column-kind.ts";
import { lastUpdated } from "./columns/last-updated.ts";
import { unknownColumn, wrongArgument } from "./failures.ts";
import type { Board, Item } from "./model.ts";
import { days, sized, worded } from "./operators.ts";

export type Rule = {
  column_id: string;
  compare_value: unknown;
  compare_attribute?: string | null;
  operator: string;
};
export type RuleGroup = {
  rules?: Rule[] | null;
  groups?: RuleGroup[] | null;
  operator?: "and" | "or";
};
export type ItemsQuery = RuleGroup & {
  ids?: string[] | null;
  order_by?: { column_id: string; direction?: "asc" | "desc" }[] | null;
};

type Own = { type: string; operators: readonly string[]; of(item: Item): Sought };

/** The items that a query asks for, in its order; in the board's order where it has none. */
export function chosen(items: Item[], query: ItemsQuery, board: Board, account: Account): Item[] {
  const columns = openColumns(board, account);
  const { ids, order_by } = query;
  const kept = items.filter(
    (item) => (ids?.includes(item.id) ?? true) && fitsGroup(item, query, columns),
  );
  return (order_by ?? []).toReversed().reduce((sorted, { column_id, direction }) => {
    const { of } = columns(column_id);
    const rising = sorted.toSorted((a, b) => compare(of(a).order, of(b).order));
    return direction === "desc" ? rising.reverse() : rising;
  }, kept);
}

const compare = (a: string | number, b: string | number): number => (a < b ? -1 : a > b ? 1 : 0);

/** Columns by id, and those that need none: the name, and what monday notes by itself. */
function openColumns(board: Board, account: Account): (id: string) => Own {
  return (id) => {
    if (id === "name") return { type: "name", operators: BY_TEXT, of: ({ name }) => soughtText(name) }; // prettier-ignore
    if (id === "__last_updated__") return { type: "last_updated", operators: lastUpdated.operators, of: byTime("updated_at") }; // prettier-ignore
    if (id === "__creation_log__") return { type: "creation_log", operators: lastUpdated.operators, of: byTime("created_at") }; // prettier-ignore
    const column = board.columns.find((one) => one.id === id);
    const kind = column && columnKinds.get(column.type);
    if (column === undefined || kind === undefined) throw unknownColumn(id);
    return {
      type: column.type,
      operators: kind.operators,
      of: (item) =>
        kind.sought(item.cells[column.id]?.held ?? null, {
          column,
          item,
          account,
          itemShown: () => null,
        }),
    };
  };
}

const byTime =
  (field: "updated_at" | "created_at") =>
  (item: Item): Sought => ({
    empty: false,
    text: item[field].slice(0, 10),
    terms: [item[field].slice(0, 10)],
    order: item[field],
  });

function fitsGroup(item: Item, group: RuleGroup, columns: (id: string) => Own): boolean {
  const { rules, groups, operator = "and" } = group;
  const checks = [
    ...(rules ?? []).map((rule) => () => fitsRule(item, rule, columns(rule.column_id))),
    ...(groups ?? []).map((inner) => () => fitsGroup(item, inner, columns)),
  ];
  if (checks.length === 0) return true;
  return operator === "or" ? checks.some((check) => check()) : checks.every((check) => check());
}

function fitsRule(item: Item, rule: Rule, { type, operators, of }: Own): boolean {
  const { operator, compare_attribute: attribute } = rule;
  if (!operators.includes(operator))
    throw wrongArgument(`Operator ${operator} is not supported for column type ${type}`);
  const timed = type === "last_updated" || type === "creation_log";
  if (timed && !["UPDATED_AT", null].includes(attribute ?? null))
    throw wrongArgument(`compare_attribute ${String(attribute)} is not supported for ${type}`);
  const given = [rule.compare_value].flat().map((one) => String(one));
  if (timed || type === "date") return sized(of(item), operator, days(given), "text");
  if (type === "numbers") return sized(of(item), operator, given.map(Number), "order");
  return worded(of(item), operator, given);
}
