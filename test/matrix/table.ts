import { readFileSync, writeFileSync } from "node:fs";
import { entityNames, entityOf, type EntityName } from "#domain/entities/index.ts";
import { hubName } from "#domain/hub.ts";

/** How many records of an entity went from one tool to another and arrived equal. */
export type Cell = { entity: EntityName; from: string; to: string; records: number };

const readme = new URL("../../manifests/README.md", import.meta.url);
const begin = "<!-- prettier-ignore-start -->";
const end = "<!-- prettier-ignore-end -->";

/**
 * Writes the table into manifests/README.md, where every pair has been tried; a part of them alone, as
 * while working on one tool, changes nothing.
 */
export function checkTable(cells: readonly Cell[], pairs: readonly Omit<Cell, "records">[]): void {
  const wanted = pairs.filter(({ from, to }) => from !== hubName || to !== hubName);
  if (cells.length < wanted.length) return;
  const text = readFileSync(readme, "utf8");
  const [before = "", rest = ""] = text.split(begin);
  const after = rest.split(end)[1] ?? "";
  const made = `${before}${begin}\n\n${tables(cells)}\n${end}${after}`;
  if (made === text) return;
  if (process.env["CI"] !== undefined)
    throw new Error("The table in manifests/README.md is not what was measured; run `npm run test:matrix`"); // prettier-ignore
  writeFileSync(readme, made);
}

const tables = (cells: readonly Cell[]): string =>
  entityNames.map((entity) => table(entity, cells.filter((cell) => cell.entity === entity))).join("\n"); // prettier-ignore

function table(entity: EntityName, cells: readonly Cell[]): string {
  const tools = [...new Set(cells.map(({ from }) => from))].sort();
  const at = (from: string, to: string): string =>
    String(cells.find((cell) => cell.from === from && cell.to === to)?.records ?? "–");
  const head = [`${entityOf(entity).many}, from ↓ to →`, ...tools];
  const rows = tools.map((from) => [from, ...tools.map((to) => at(from, to))]);
  const line = (parts: readonly string[]): string => `| ${parts.join(" | ")} |`;
  return `${[line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n")}\n`;
}
