import type { Account } from "./account.ts";
import { columnKinds } from "./columns/index.ts";
import { unknownColumn, wrongColumnValue, wrongJson } from "./failures.ts";
import type { Board, Cell } from "./model.ts";

/**
 * Values by column id as they would be kept, null for a cell that is cleared, with the board as it
 * then is: labels may have been added. Nothing is kept yet; one wrong value refuses them all.
 */
export function writtenCells(
  before: Board,
  values: Record<string, unknown>,
  addLabels: boolean,
  account: Account,
  at: string,
): { board: Board; cells: Record<string, Cell | null> } {
  const board = addLabels ? structuredClone(before) : before;
  const cells: Record<string, Cell | null> = {};
  for (const [id, given] of Object.entries(values)) {
    const column = board.columns.find((one) => one.id === id);
    const kind = column && columnKinds.get(column.type);
    if (column === undefined || kind === undefined) throw unknownColumn(id);
    if (kind.write === null)
      throw wrongColumnValue(`the column ${column.title} cannot be written`, kind.inner);
    const held = kind.write(given, { column, account, addLabels });
    cells[id] = held === null ? null : { held, at };
  }
  return { board, cells };
}

/** `column_values` is JSON within a string, not an object. */
export function valuesIn(text: unknown): Record<string, unknown> {
  if (text === null || text === undefined) return {};
  if (typeof text !== "string") throw wrongJson();
  try {
    const values: unknown = JSON.parse(text);
    if (typeof values === "object" && values !== null && !Array.isArray(values))
      return values as Record<string, unknown>;
  } catch {
    throw wrongJson();
  }
  throw wrongJson();
}
