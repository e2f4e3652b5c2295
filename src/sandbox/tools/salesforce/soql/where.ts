import { type Column, columnAt, valueOf } from "../columns.ts";
import type { Data } from "../data-route.ts";
import { invalidField, invalidFilter } from "../errors.ts";
import { familyOf, type Kind, type SObject, type Value } from "../fields.ts";
import { wholeId } from "../ids.ts";
import type { Row } from "../organisation.ts";
import { instantIn, isDate } from "../time.ts";
import { like } from "./like.ts";
import { type Condition, type Literal, type Operator, type Path, unescaped } from "./parse.ts";
import { pointer } from "./tokens.ts";

export type Test = (row: Row) => boolean;
export type Rank = string | number | boolean | null;

/** A test of rows; refuses fields there are not, and values of the wrong type. */
export function testOf(data: Data, object: SObject, statement: string, condition: Condition): Test {
  const within = (part: Condition): Test => testOf(data, object, statement, part);
  switch (condition.kind) {
    case "and": {
      const parts = condition.parts.map(within);
      return (row) => parts.every((test) => test(row));
    }
    case "or": {
      const parts = condition.parts.map(within);
      return (row) => parts.some((test) => test(row));
    }
    case "not": {
      const part = within(condition.part);
      return (row) => !part(row);
    }
    case "compare": {
      const { field, operator, values } = condition;
      const column = sortable(data, object, statement, field, "filtered");
      const test = comparison(column, operator, values, pointer(statement, field.at));
      return (row) => test(valueOf(data.organisation, column, row));
    }
    default:
      return condition satisfies never;
  }
}

/** A column that can be searched or sorted by: not a long text, not a whole address. */
export function sortable(
  { schema }: Data,
  object: SObject,
  statement: string,
  { path, at }: Path,
  use: "filtered" | "sorted",
): Column {
  const column = columnAt(schema, object, path, pointer(statement, at));
  const { name, kind } = column.field;
  if (kind.type !== "textarea" && kind.type !== "address") return column;
  throw invalidField(`${pointer(statement, at)}field '${name}' can not be ${use} in a query call`);
}

function comparison(
  { field: { name, kind } }: Column,
  operator: Operator,
  values: readonly Literal[],
  at: string,
): (value: Value) => boolean {
  refuseOperator(kind, operator, at);
  const wanted = values.map((literal) => wantedRank(name, kind, literal, at));
  if (operator === "LIKE") {
    const matches = like(values[0]?.value ?? "");
    return (value) => typeof value === "string" && matches(value);
  }
  const set = new Set(wanted);
  if (operator === "=" || operator === "IN") return (value) => set.has(rankOf(kind, value));
  if (operator === "!=" || operator === "NOT IN") return (value) => !set.has(rankOf(kind, value));
  return ordered(kind, operator, wanted[0] ?? null);
}

function wantedRank(name: string, kind: Kind, literal: Literal, at: string): Rank {
  const rank = literal.kind === "null" ? null : rankOfLiteral(kind, literal, at);
  if (rank !== undefined) return rank;
  throw invalidField(
    `${at}value of filter criterion for field '${name}' must be of type ${expected(kind)}`,
  );
}

function ordered(
  kind: Kind,
  operator: "<" | "<=" | ">" | ">=",
  bound: Rank,
): (value: Value) => boolean {
  return (value) => {
    const rank = rankOf(kind, value);
    if (rank === null || bound === null) return false;
    if (rank === bound) return operator.endsWith("=");
    return rank < bound === operator.startsWith("<");
  };
}

function refuseOperator({ type }: Kind, operator: Operator, at: string): void {
  const isText = familyOf[type] === "text";
  const isFlag = type === "boolean" && operator !== "=" && operator !== "!=";
  if ((operator !== "LIKE" || isText) && !isFlag) return;
  throw invalidFilter(`${at}invalid operator on ${type} field`);
}

/** What values are compared by: texts whatever their capitals, ids as they are. */
export function rankOf({ type }: Kind, value: Value): Rank {
  if (type === "boolean") return value === true;
  return typeof value === "string" && familyOf[type] === "text" ? value.toLowerCase() : value;
}

/** Undefined where the literal is of another type than the field. */
function rankOfLiteral({ type }: Kind, { kind, value }: Literal, at: string): Rank | undefined {
  const family = familyOf[type];
  if (kind !== WRITTEN[family]) return undefined;
  switch (family) {
    case "id":
      return idIn(value, at);
    case "flag":
      return value === "true";
    case "number":
      return Number(value);
    case "date":
      return isDate(value) ? value : undefined;
    case "datetime":
      return instantIn(value);
    case "text":
    case "address":
      return unescaped(value).toLowerCase();
    default:
      return family satisfies never;
  }
}

/** How values of each family stand in a statement. */
const WRITTEN = {
  id: "text",
  text: "text",
  address: "text",
  flag: "boolean",
  number: "number",
  date: "date",
  datetime: "datetime",
} as const satisfies Record<(typeof familyOf)[Kind["type"]], Literal["kind"]>;

function idIn(value: string, at: string): string {
  const id = wholeId(value);
  if (id === undefined) throw invalidFilter(`${at}invalid ID field: ${value}`);
  return id;
}

function expected({ type }: Kind): string {
  const family = familyOf[type];
  if (WRITTEN[family] === "text") return "string and should be enclosed in quotes";
  return `${family === "datetime" ? "dateTime" : type} and should not be enclosed in quotes`;
}
