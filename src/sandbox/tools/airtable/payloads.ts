import { collaborators, owner } from "./collaborators.ts";
import { choice } from "./field-model.ts";
import type { Cell, Change, Transaction } from "./row.ts";
import type { Schema, Table } from "./schema.ts";
import type { Specification } from "./specification.ts";

type Cells = { cellValuesByFieldId: Record<string, unknown> };
type TableChanged = {
  createdRecordsById?: Record<string, Cells & { createdTime: string }>;
  changedRecordsById?: Record<string, { current: Cells; previous?: Cells; unchanged?: Cells }>;
  destroyedRecordIds?: string[];
};

export type Payload = {
  timestamp: string;
  baseTransactionNumber: number;
  payloadFormat: "v0";
  actionMetadata: object;
  changedTablesById: Record<string, TableChanged>;
};

/** What a webhook is told of a transaction; null where it concerns nothing that it asked for. */
export function payloadFor(
  { options: { filters, includes = {} } }: Specification,
  { at, source, changes }: Transaction,
  number: number,
  schema: Schema,
): Payload | null {
  const sources = filters.fromSources ?? [source];
  if (!filters.dataTypes.includes("tableData") || !sources.includes(source)) return null;
  const tables: Record<string, TableChanged> = {};
  for (const change of changes) {
    const table = schema.table(change.table);
    if (table === undefined || !concerns(filters, table, change)) continue;
    tell((tables[table.id] ??= {}), table, change, includes.includePreviousCellValues === true);
  }
  if (Object.keys(tables).length === 0) return null;
  return {
    timestamp: at,
    baseTransactionNumber: number,
    payloadFormat: "v0",
    actionMetadata: {
      source,
      sourceMetadata: { user: { id: owner.id, email: owner.email, permissionLevel: "create" } },
    },
    changedTablesById: tables,
  };
}

type Filters = Specification["options"]["filters"];

/** A view's records are not told apart from its table's here. */
function concerns(filters: Filters, { id, views }: Table, change: Change): boolean {
  const { recordChangeScope: scope = id, changeTypes, watchDataInFieldIds: watched } = filters;
  if (scope !== id && !views.some((view) => view.id === scope)) return false;
  const kind = kindOf(change);
  if (changeTypes?.includes(kind) === false) return false;
  if (kind !== "update" || watched === undefined) return true;
  return changedFields(change).some((field) => watched.includes(field));
}

function kindOf({ before, after }: Change): "add" | "update" | "remove" {
  if (before === null) return "add";
  return after === null ? "remove" : "update";
}

function changedFields({ before, after }: Change): string[] {
  const [left, right] = [before?.cells ?? {}, after?.cells ?? {}];
  const all = new Set([...Object.keys(left), ...Object.keys(right)]);
  return [...all].filter((field) => JSON.stringify(left[field]) !== JSON.stringify(right[field]));
}

function tell(told: TableChanged, table: Table, change: Change, previous: boolean): void {
  const { id, before, after } = change;
  if (after === null) {
    (told.destroyedRecordIds ??= []).push(id);
  } else if (before === null) {
    const cells = cellsOf(table, after.cells, Object.keys(after.cells));
    (told.createdRecordsById ??= {})[id] = { createdTime: after.created, ...cells };
  } else {
    const fields = changedFields(change);
    (told.changedRecordsById ??= {})[id] = {
      current: cellsOf(table, after.cells, fields),
      ...(previous && { previous: cellsOf(table, before.cells, fields) }),
    };
  }
}

const cellsOf = (table: Table, cells: Record<string, Cell>, fields: string[]): Cells => ({
  cellValuesByFieldId: Object.fromEntries(
    fields.map((field) => [field, valueOf(table, field, cells[field])]),
  ),
});

/** Airtable's "V2" form of a cell: options and links are objects, empty cells are null. */
function valueOf(table: Table, id: string, cell: Cell | undefined): unknown {
  if (cell === undefined) return null;
  const type = table.fields.find((field) => field.id === id)?.kind.type;
  if (type === "singleCollaborator") return collaborators.get(String(cell));
  if (type === "singleSelect") return choice(id, String(cell));
  if (!Array.isArray(cell)) return cell;
  return cell.map((one) => (type === "multipleSelects" ? choice(id, one) : { id: one }));
}
