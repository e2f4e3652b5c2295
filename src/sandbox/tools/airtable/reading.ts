import type { Base } from "./base.ts";
import { collaborators } from "./collaborators.ts";
import { evaluate, type Reading } from "./formula/evaluate.ts";
import { type Node, parseFormula } from "./formula/parse.ts";
import type { Value } from "./formula/values.ts";
import type { Cell, Row } from "./row.ts";
import { type Field, fieldOf, type Table } from "./schema.ts";

/** A record as formulas, sorting and people see it: links by the names of what they lead to. */
export function readingOf(base: Base, table: Table, row: Row, now = Date.now()): Reading {
  const self: Reading = {
    id: row.id,
    created: Date.parse(row.created),
    modified: Date.parse(row.modified),
    now,
    cell(field) {
      const { kind } = field;
      if (kind.type === "createdTime") return { at: self.created };
      if (kind.type === "lastModifiedTime") return { at: self.modified };
      if (kind.type === "formula") return evaluate(compiled(table, field, kind.formula), self);
      return valueOf(base, kind.type, row.cells[field.id]);
    },
  };
  return self;
}

function valueOf(base: Base, type: Field["kind"]["type"], cell: Cell | undefined): Value {
  if (cell === undefined) return type === "checkbox" ? false : null;
  if (type === "multipleRecordLinks")
    return Array.isArray(cell) ? cell.map((id) => nameOf(base, id)) : null;
  if (type === "date" || type === "dateTime") return { at: Date.parse(String(cell)) };
  if (type === "singleCollaborator") return collaborators.get(String(cell))?.name ?? null;
  return cell;
}

/** What stands in the primary field of a record; empty where nothing does. */
export function nameOf(base: Base, id: string): string {
  const row = base.find(id);
  const primary = row && base.schema.table(row.table)?.fields[0];
  const cell = primary && row.cells[primary.id];
  return cell === undefined ? "" : String(cell);
}

const parsed = new WeakMap<Field, Node>();

function compiled(table: Table, field: Field, formula: string): Node {
  const known = parsed.get(field);
  if (known !== undefined) return known;
  const node = parseFormula(formula, (key) => fieldOf(table, key));
  parsed.set(field, node);
  return node;
}
