import type { Records } from "../records-page.ts";
import type { Base } from "./base.ts";
import { editRow } from "./edit.ts";
import { reasonOf } from "./errors.ts";
import { FormulaError, isDate, textOf } from "./formula/values.ts";
import { readingOf } from "./reading.ts";
import type { Row } from "./row.ts";
import { type Field, isComputed, type Table } from "./schema.ts";

const COLUMNS: Record<string, string[]> = {
  Customers: ["Name", "Email", "Phone", "Company", "City", "Subscription"],
  Companies: ["Name", "Domain", "Phone", "Industry", "City", "Customers"],
  Deals: ["Title", "Amount", "Currency", "Stage", "Close date", "Customer"],
  Orders: ["Number", "Status", "Date", "Total", "Currency", "Customer"],
  Invoices: ["Number", "Status", "Date", "Total", "Balance", "Customer"],
  Projects: ["Name", "Status", "Start date", "Due date", "Customer"],
  Tasks: ["Title", "Status", "Due date", "Assignee email", "Project"],
  Files: ["Name", "Kind", "Path", "Size", "Modified at", "Project"],
};

/** Not in the form: links, and texts of several lines, of which it would make one. */
const UNTYPED: Field["kind"]["type"][] = ["multipleRecordLinks", "multilineText"];

/** How a person sees a table of the simulated base. */
export function tableRecords(base: Base, { id, name: noun }: Table): Records {
  const table = () => base.schema.table(id);
  const columns = () => {
    const { fields = [] } = table() ?? {};
    const wanted = COLUMNS[noun] ?? [];
    const chosen = fields.filter(({ name }) => wanted.includes(name));
    return chosen.sort((a, b) => wanted.indexOf(a.name) - wanted.indexOf(b.name));
  };
  return {
    tool: "Airtable",
    object: noun.toLowerCase(),
    noun: noun.toLowerCase(),
    columns: [...columns().map(({ name }) => name), "Changed"],
    rows() {
      const now = table();
      if (now === undefined) return [];
      return [...base.rows(now)]
        .sort((a, b) => (a.modified < b.modified ? 1 : -1))
        .map((row) => ({
          id: row.id,
          faded: false,
          cells: [
            ...columns().map((field) => textIn(base, now, row, field)),
            row.modified.slice(0, 16).replace("T", " "),
          ],
        }));
    },
    fields(wanted) {
      const [now, row] = [table(), base.find(wanted)];
      if (now === undefined || row?.table !== id) return undefined;
      return now.fields
        .filter((field) => !isComputed(field) && !UNTYPED.includes(field.kind.type))
        .map((field) => ({
          name: field.id,
          label: field.name,
          value: typed(row, field),
        }));
    },
    save(wanted, values) {
      const now = table();
      if (now !== undefined) editRow(base, now, wanted, values);
    },
    reason: reasonOf,
  };
}

/** What stands in a form's field, so that saving it unchanged changes nothing. */
function typed(row: Row, { id, kind }: Field): string {
  const cell = row.cells[id];
  if (cell === undefined) return "";
  return Array.isArray(cell) ? cell.join(", ") : kind.type === "checkbox" ? "true" : String(cell);
}

function textIn(base: Base, table: Table, row: Row, field: Field): string {
  try {
    const value = readingOf(base, table, row).cell(field);
    if (!isDate(value)) return textOf(value);
    const iso = new Date(value.at).toISOString();
    return field.kind.type === "date" ? iso.slice(0, 10) : iso.slice(0, 16).replace("T", " ");
  } catch (error) {
    if (error instanceof FormulaError) return "#ERROR!";
    throw error;
  }
}
