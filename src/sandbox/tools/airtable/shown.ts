import type { Base } from "./base.ts";
import { collaborators } from "./collaborators.ts";
import { FormulaError, isDate } from "./formula/values.ts";
import { readingOf } from "./reading.ts";
import type { Cell, Row } from "./row.ts";
import { type Field, isComputed, type Table } from "./schema.ts";

export type Showing = {
  /** Those asked for; null for all. */
  fields: Field[] | null;
  byId: boolean;
  comments: boolean;
};

export const everything: Showing = { fields: null, byId: false, comments: false };

/** A record as an answer shows it. Empty cells, and boxes without a tick, are not there at all. */
export function shown(base: Base, table: Table, row: Row, { fields, byId, comments }: Showing) {
  const cells = (fields ?? table.fields).flatMap((field): [string, unknown][] => {
    const value = isComputed(field) ? worked(base, table, row, field) : told(field, row.cells[field.id]); // prettier-ignore
    return value === undefined ? [] : [[byId ? field.id : field.name, value]];
  });
  return {
    id: row.id,
    createdTime: row.created,
    ...(comments && { commentCount: 0 }),
    fields: Object.fromEntries(cells),
  };
}

const told = ({ kind }: Field, cell: Cell | undefined): unknown =>
  kind.type === "singleCollaborator" ? collaborators.get(String(cell)) : cell;

/** A formula that fails shows so in its cell; the record is there all the same. */
function worked(base: Base, table: Table, row: Row, field: Field): unknown {
  try {
    const value = readingOf(base, table, row).cell(field);
    if (value === null || value === "") return undefined;
    if (isDate(value)) return new Date(value.at).toISOString();
    return Number.isNaN(value) ? { specialValue: "NaN" } : value;
  } catch (error) {
    if (error instanceof FormulaError) return { error: "#ERROR!" };
    throw error;
  }
}
