import type { Json } from "#domain/json.ts";
import { isRawNumber } from "../json/lossless.ts";
import { getAt, textOf } from "../json/path.ts";
import type { BesideSpec } from "../manifest/read-spec.ts";

/** Puts into each record the rows that stand beside the records in the answer and are its own. */
export function compileBeside(
  specs: Readonly<Record<string, BesideSpec>>,
): (records: readonly Json[], body: Json | undefined) => readonly Json[] {
  const kinds = Object.entries(specs).map(([name, { rows, of, id }]) => ({
    name,
    rows: getAt(rows),
    of: getAt(of),
    id: getAt(id),
  }));
  if (kinds.length === 0) return (records) => records;
  return (records, body) => {
    const found = kinds.map(({ name, rows, of, id }) => {
      const all = rows(body);
      const list: readonly Json[] = Array.isArray(all) ? all : [];
      return { name, id, groups: Map.groupBy(list, (row) => textOf(of(row))) };
    });
    return records.map((record) => {
      if (!isObject(record)) return record;
      const own = found.map(({ name, id, groups }) => [name, groups.get(textOf(id(record))) ?? []] as const); // prettier-ignore
      return { ...record, ...Object.fromEntries(own) };
    });
  };
}

const isObject = (value: Json): value is Readonly<Record<string, Json>> =>
  typeof value === "object" && value !== null && !Array.isArray(value) && !isRawNumber(value);
