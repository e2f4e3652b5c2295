import type { Document, Field, Operation, Selection, Value } from "./graphql/syntax.ts";

const WRITE = 10_000;
const NEW_BOARD = 100_000;

/**
 * What an operation weighs before it runs: each field one, times the number of objects it may come
 * with. monday weighs by rules it does not tell; the sizes here are of the order people report.
 */
export function weightOf(
  operation: Operation,
  { fragments }: Document,
  variables: ReadonlyMap<string, unknown>,
): number {
  const many = (field: Field): number => {
    const limit = numberIn(argument(field, "limit"), variables);
    const ids = lengthIn(argument(field, "ids"), variables);
    if (field.name === "column_values") return ids ?? 10;
    if (["boards", "items", "users"].includes(field.name)) return Math.min(ids ?? Infinity, limit ?? 25); // prettier-ignore
    if (PAGES.includes(field.name)) return limit ?? 25;
    return 1;
  };

  const weigh = (selections: readonly Selection[]): number =>
    selections.reduce((sum, one) => {
      if (one.kind === "field") return sum + 1 + many(one) * weigh(one.selections);
      if (one.kind === "inline") return sum + weigh(one.selections);
      return sum + weigh(fragments.get(one.name)?.selections ?? []);
    }, 0);

  const writes = operation.kind === "mutation" ? operation.selections : [];
  const extra = writes.reduce((sum, one) => {
    if (one.kind !== "field" || one.name === "complexity") return sum;
    return sum + (one.name === "create_board" ? NEW_BOARD : WRITE);
  }, 0);
  return weigh(operation.selections) + extra;
}

const PAGES = ["items_page", "next_items_page", "items_page_by_column_values"];

const argument = ({ args }: Field, name: string): Value | undefined =>
  args.find((one) => one.name === name)?.value;

function numberIn(
  value: Value | undefined,
  variables: ReadonlyMap<string, unknown>,
): number | undefined {
  if (value?.kind === "int") return Number(value.text);
  const given = value?.kind === "variable" ? variables.get(value.name) : undefined;
  return typeof given === "number" ? given : undefined;
}

function lengthIn(
  value: Value | undefined,
  variables: ReadonlyMap<string, unknown>,
): number | undefined {
  if (value === undefined || value.kind === "null") return undefined;
  if (value.kind === "list") return value.items.length;
  if (value.kind !== "variable") return 1;
  const given = variables.get(value.name);
  return Array.isArray(given) ? given.length : undefined;
}
