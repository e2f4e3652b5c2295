import type { Account } from "./account.ts";
import { writtenCells } from "./cells.ts";
import { ITEMS_LIMIT } from "./board-view.ts";
import { boardFull, itemFull, nameLength, notFound } from "./failures.ts";
import type { Listener } from "./happenings.ts";
import type { Board, Cell, Column, Item, State } from "./model.ts";

export type Values = Record<string, unknown>;

export type Items = {
  create(user: string, board: Board, given: NewItem, at?: string): Item;
  /** Column values by column id, and `name`; all of them or none. */
  change(user: string, item: Item, values: Values, addLabels: boolean, at?: string): Item;
  setState(user: string, item: Item, state: State): Item;
  moveTo(user: string, item: Item, group: string): Item;
  /** How many a board may hold. */
  limit: number;
};

export type NewItem = { name: string; group: string | null; values: Values; addLabels: boolean };

/** What happens to items, told to whoever listens. */
export function openItems(account: Account, tell: Listener): Items {
  const { boards, tally } = account;
  const boardOf = (item: Item): Board => boards.get(item.board) as Board;

  /** A board that has got new labels. */
  function keepBoard(board: Board): void {
    if (boards.get(board.id) !== board) boards.set(board.id, board);
  }

  function groupIn(board: Board, id: string | null) {
    const group = id === null ? board.groups[0] : board.groups.find((one) => one.id === id);
    if (group === undefined) throw notFound("Group", id ?? "");
    return group;
  }

  const items: Items = {
    limit: ITEMS_LIMIT,

    create(user, board, { name, group, values, addLabels }, at = new Date().toISOString()) {
      refuseLength(name);
      const size = account.sizeOf(board.id);
      if (size.items >= items.limit) throw boardFull(items.limit);
      const { id: place } = groupIn(board, group);
      const written = writtenCells(board, values, addLabels, account, at);
      const cells = filled(written.cells);
      keepBoard(written.board);
      const item = account.keep({
        id: account.nextItemId(),
        board: board.id,
        group: place,
        name,
        state: "active",
        cells,
        order: size.last + 1,
        creator: user,
        updater: user,
        created_at: at,
        updated_at: at,
      });
      tally.creates += 1;
      tell({ kind: "item_created", user, board: written.board, item, at });
      return item;
    },

    change(user, item, { name, ...values }, addLabels, at = later(item.updated_at)) {
      if (name !== undefined) refuseLength(name);
      const renamed = name === undefined ? item.name : String(name as string);
      const written = writtenCells(boardOf(item), values, addLabels, account, at);
      const changed = Object.entries(written.cells).filter(([id, cell]) => !sameHeld(cell, item.cells[id])); // prettier-ignore
      if (changed.length === 0 && renamed === item.name) return item;
      const { board } = written;
      const cells = filled({ ...item.cells, ...Object.fromEntries(changed) });
      keepBoard(board);
      const after = account.keep({
        ...item,
        name: renamed,
        cells,
        updater: user,
        updated_at: at,
      });
      tally.updates += 1;
      const about = { user, board, item: after, at };
      if (renamed !== item.name) tell({ kind: "name_changed", ...about, previous: item.name });
      for (const [id, cell] of changed) {
        const column = board.columns.find((one) => one.id === id) as Column;
        const [value, previous] = [cell?.held ?? null, item.cells[id]?.held ?? null];
        tell({ kind: "cell_changed", ...about, column, value, previous });
      }
      return after;
    },

    setState(user, item, state) {
      if (item.state === state) return item;
      const at = later(item.updated_at);
      const after = account.keep({ ...item, state, updater: user, updated_at: at });
      tally.archived += state === "active" ? 0 : 1;
      const kind = ({ active: "item_restored", archived: "item_archived", deleted: "item_deleted" } as const)[state]; // prettier-ignore
      tell({ kind, user, board: boardOf(item), item: after, at });
      return after;
    },

    moveTo(user, item, group) {
      const board = boardOf(item);
      const to = groupIn(board, group);
      const from = board.groups.find(({ id }) => id === item.group) ?? null;
      const at = later(item.updated_at);
      const after = account.keep({ ...item, group: to.id, updater: user, updated_at: at });
      tell({ kind: "item_moved", user, board, item: after, at, from, to });
      return after;
    },
  };
  return items;
}

function refuseLength(name: unknown): void {
  if (typeof name !== "string" || name.length < 1 || name.length > 255) throw nameLength();
}

const sameHeld = (one: Cell | null, other: Cell | undefined): boolean =>
  JSON.stringify(one?.held ?? null) === JSON.stringify(other?.held ?? null);

const CAPACITY = 65_536;

/** Without what is empty. An item holds no more than so many bytes in all its columns. */
function filled(all: Record<string, Cell | null>): Item["cells"] {
  const cells = Object.entries(all).flatMap(([id, cell]) => (cell === null ? [] : [[id, cell] as const])); // prettier-ignore
  const held = cells.map(([, cell]) => JSON.stringify(cell.held)).join("");
  if (Buffer.byteLength(held) > CAPACITY) throw itemFull();
  return Object.fromEntries(cells);
}

/** Now, and in any case later than before. */
const later = (before: string): string =>
  new Date(Math.max(Date.now(), Date.parse(before) + 1)).toISOString();
