import { type Column, columnAt, selectionOf, type Selection, valueOf } from "../columns.ts";
import type { Data } from "../data-route.ts";
import { invalidQuery, invalidType, outOfRange } from "../errors.ts";
import type { Row } from "../organisation.ts";
import type { Select } from "./parse.ts";
import { pointer } from "./tokens.ts";
import { type Rank, rankOf, sortable, testOf } from "./where.ts";

export type Found = { rows: Row[]; selection: Selection; columns: readonly Column[] };

const MOST_SKIPPED = 2000;

/** The rows a statement selects, in its order; those in the recycle bin only where `all` says so. */
export function run(data: Data, select: Select, all: boolean): Found {
  const { organisation, schema } = data;
  const { statement, from, limit, offset } = select;
  const object = schema.object(from.path);
  if (object === undefined) {
    throw invalidType(
      `${pointer(statement, from.at)}sObject type '${from.path}' is not supported. If you are attempting to use a custom object, be sure to append the '__c' after the entity name. Please reference your WSDL or the describe call for the appropriate names.`,
    );
  }
  if (offset > MOST_SKIPPED)
    throw outOfRange(`Maximum SOQL offset allowed is ${String(MOST_SKIPPED)}`);
  const columns = select.fields.map(({ path, at }) =>
    columnAt(schema, object, path, pointer(statement, at)),
  );
  const paths = columns.map(({ path }) => path);
  const twice = paths.find((path, index) => paths.indexOf(path) !== index);
  if (twice !== undefined) throw invalidQuery(`duplicate field selected: ${twice}`);
  const test = select.where === null ? () => true : testOf(data, object, statement, select.where);
  const compare = comparing(
    data,
    select.order.map(({ field, ...rest }) => ({
      column: sortable(data, object, statement, field, "sorted"),
      ...rest,
    })),
  );
  const found = [...organisation.rows(object)]
    .flatMap((row) => organisation.seen(row) ?? [])
    .filter((row) => (all || row["IsDeleted"] !== true) && test(row));
  const rows = compare(found).slice(offset, limit === null ? undefined : offset + limit);
  return { rows, columns, selection: selectionOf(object, columns) };
}

type By = { column: Column; descending: boolean; nullsLast: boolean };

/** Sorts by several columns; what has no value comes first unless it is to come last. */
function comparing({ organisation }: Data, order: readonly By[]): (rows: Row[]) => Row[] {
  if (order.length === 0) return (rows) => rows;
  return (rows) => {
    const ranked = rows.map((row) => ({
      row,
      ranks: order.map(({ column }) =>
        rankOf(column.field.kind, valueOf(organisation, column, row)),
      ),
    }));
    ranked.sort((a, b) => {
      for (const [index, by] of order.entries()) {
        const sign = compared(a.ranks[index] ?? null, b.ranks[index] ?? null, by);
        if (sign !== 0) return sign;
      }
      return 0;
    });
    return ranked.map(({ row }) => row);
  };
}

function compared(left: Rank, right: Rank, { descending, nullsLast }: By): number {
  if (left === right) return 0;
  if (left === null || right === null) return (left === null) === nullsLast ? 1 : -1;
  return left < right === descending ? 1 : -1;
}
