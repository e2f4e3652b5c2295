import { isDeepStrictEqual } from "node:util";
import { isObject, type JsonObject, objectWith, texts } from "./body.ts";
import { cellFor, type Writing } from "./cells.ts";
import { badRequest, invalid } from "./errors.ts";
import { known } from "./list-options.ts";
import type { Row } from "./row.ts";
import { type Field, fieldOf, isComputed, type Table } from "./schema.ts";
import { cast } from "./typecast.ts";

const MOST = 3;

/** The fields by which records are told to be the same; null for an update by id. */
export function mergeFields(value: unknown, table: Table): Field[] | null {
  if (value === undefined) return null;
  if (!isObject(value)) throw badRequest();
  const names = texts(objectWith(value, ["fieldsToMergeOn"])["fieldsToMergeOn"]);
  if (names.length === 0 || names.length > MOST) throw badRequest();
  const fields = names.map((name) => known(table, name));
  if (fields.some((field) => isComputed(field))) throw badRequest();
  return fields;
}

/**
 * The record that has these values, also one that this request begins; undefined where it is a new
 * one. Two of them fail the request. The wording of both refusals is unverified.
 */
export function targetOf(
  { base, draft }: Writing,
  table: Table,
  merge: Field[],
  values: JsonObject,
  typecast: boolean,
): Row | undefined {
  const given = new Map(
    Object.entries(values).map(([name, value]) => [fieldOf(table, name), value]),
  );
  const wanted = merge.map((field) => {
    const value = given.get(field);
    if (value === undefined || value === null || value === "") throw noKey(field);
    const meant = typecast ? cast({ base, draft }, table, field, value) : value;
    return cellFor({ base, draft }, field, meant) ?? undefined;
  });
  const fits = (row: Row) =>
    row.table === table.id &&
    merge.every((field, at) => isDeepStrictEqual(row.cells[field.id], wanted[at]));
  const found: Row[] = [];
  for (const { id } of [...base.rows(table), ...draft.begun()]) {
    const row = draft.row(id);
    if (row !== undefined && fits(row)) found.push(row);
  }
  if (found.length > 1) throw ambiguous(found.length);
  return found[0];
}

const noKey = (field: Field) =>
  invalid("INVALID_VALUE_FOR_COLUMN", `A value for the merge field "${field.name}" is required`);

const ambiguous = (count: number) =>
  invalid(
    "INVALID_RECORDS",
    `Cannot upsert: ${String(count)} records match the values of fieldsToMergeOn`,
  );
