import { html } from "../html.ts";
import { RichText } from "../rich-text.ts";
import { plainLines } from "../text.ts";
import type { Cell, Table } from "./model.ts";

/** Slack draws the first row of a table as its head. */
export function TableBlock({ table }: { table: Table }) {
  const [head, ...rows] = table.rows;
  const look = (column: number) => {
    const { align = "left", is_wrapped: wrapped = false } = table.column_settings?.[column] ?? {};
    return `${align} ${wrapped ? "wrapped" : ""}`;
  };
  return html`<div class="table-frame" role="region" aria-label="Table" tabindex="0">
    <table class="table">
      <thead>
        <tr>
          ${head?.map((cell, column) => html`<th key=${column} scope="col" class=${look(column)}>${content(cell)}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${rows.map(
          (row, index) =>
            html`<tr key=${index}>
              ${row.map((cell, column) => html`<td key=${column} class=${look(column)}>${content(cell)}</td>`)}
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}

function content(cell: Cell) {
  if (cell.type === "raw_text") return plainLines(cell.text);
  if (cell.type === "raw_number") return cell.text ?? String(cell.value);
  return html`<${RichText} elements=${cell.elements} />`;
}
