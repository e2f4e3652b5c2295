import type { Base } from "./base.ts";
import { cellFor } from "./cells.ts";
import { known } from "./list-options.ts";
import type { Row } from "./row.ts";
import { fieldOf, type Table } from "./schema.ts";
import { everything, shown } from "./shown.ts";
import { cast } from "./typecast.ts";

/** The table that an object of ours stands for: customers, or Customers, or its id. */
export function tableOf(base: Base, object: string): Table {
  const found = base.schema
    .tables()
    .find(({ id, name }) => id === object || name.toLowerCase() === object.toLowerCase());
  if (found !== undefined) return found;
  const names = base.schema.tables().map(({ name }) => name.toLowerCase());
  throw new Error(`There is nothing called "${object}"; there are ${names.join(", ")}.`);
}

/**
 * What a person does in the grid: sets cells, by field name, as loosely as the app takes them. Without
 * an id the record is added; `archived: true` deletes it. The id may be an External Id.
 */
export function editRow(
  base: Base,
  table: Table,
  id: string | null,
  { archived, ...set }: Record<string, unknown>,
): unknown {
  const draft = base.draft("client");
  const row = id === null ? draft.create(table) : found(base, table, id);
  for (const [name, value] of Object.entries(set)) {
    const field = known(table, name);
    const meant = cast({ base, draft }, table, field, value === "" ? null : value);
    draft.set(row.id, field, cellFor({ base, draft }, field, meant));
  }
  if (archived === true) draft.remove(row.id);
  draft.commit();
  const now = base.find(row.id);
  return now === undefined ? { id: row.id, deleted: true } : shown(base, table, now, everything);
}

function found(base: Base, table: Table, id: string): Row {
  const row = base.find(id);
  if (row?.table === table.id) return row;
  const external = fieldOf(table, "External Id")?.id ?? "";
  const byExternal = [...base.rows(table)].find(({ cells }) => cells[external] === id);
  if (byExternal === undefined) throw new Error(`There is no record ${id} in ${table.name}.`);
  return byExternal;
}
