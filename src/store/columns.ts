import {
  type Column,
  customType,
  getTableColumns,
  type InferSelectModel,
  sql,
  type Table,
} from "./drizzle.ts";

/**
 * The row codec: both drivers hand over the text Postgres sent (see embedded.ts, postgres.ts), and
 * these columns say what it means.
 */

export const instant = customType<{ data: Temporal.Instant; driverData: string }>({
  dataType: () => "timestamp with time zone",
  toDriver: (value) => value.toString(),
  fromDriver: (text) => Temporal.Instant.from(text),
});

const json =
  (type: "text" | "jsonb") =>
  <T>(name = "") =>
    customType<{ data: T; driverData: string }>({
      dataType: () => type,
      toDriver: (value) => JSON.stringify(value),
      fromDriver: (text) => JSON.parse(text) as T,
    })(name);

/** JSON kept as its own text, so that numbers, NUL and lone surrogates come back as they went. */
export const jsonText = json("text");

/** JSON that a statement changes in place. */
export const jsonb = json("jsonb");

export const bytes = customType<{ data: Uint8Array; driverData: Uint8Array }>({
  dataType: () => "bytea",
  fromDriver: (value) => new Uint8Array(value),
});

/** A row of a hand-written statement, read like one that drizzle selected. */
export function decode<T extends Table>(table: T, row: Record<string, unknown>) {
  const columns = Object.entries(getTableColumns(table));
  const values = columns.map(([name, column]) => {
    const value = row[column.name];
    return [name, value === null || value === undefined ? null : column.mapFromDriverValue(value)];
  });
  return Object.fromEntries(values) as InferSelectModel<T>;
}

/** The column's value is one of these, however many they are. */
export const among = (column: Column, values: readonly string[]) =>
  sql`${column} = any(array(select jsonb_array_elements_text(${JSON.stringify(values)}::jsonb)))`;
