import type { Collection, Shelf } from "../../collection.ts";
import type { Tally } from "../simulated-tool.ts";
import { staff } from "../staff.ts";
import type { Board, Item, State, User } from "./model.ts";

export const ACCOUNT_ID = 12_345_678;
const FIRST_USER = 4_012_689;
const FIRST_BOARD = 1_771_812_698;
/** Beyond 32 bits from the start. */
const FIRST_ITEM = 9_571_351_485;

export const users: readonly User[] = staff.map(({ name, email, title, gone }, n) => ({
  id: String(FIRST_USER + n * 7),
  name,
  email,
  title,
  status: gone ? "INACTIVE" : "ACTIVE",
}));

/** Whose token it is: the first of the business. */
export const ME = users[0]?.id ?? "";
/** Who changes things in monday itself. */
export const SOMEBODY_ELSE = users[1]?.id ?? "";

export const WORKSPACE = { id: "7450921", name: "Operations" };

export type Account = {
  boards: Collection<Board>;
  items: Collection<Item>;
  /** A board's items that are neither archived nor deleted, in the board's order. */
  itemsOf(board: string): Item[];
  /** How many those are, and the place of the last one. */
  sizeOf(board: string): { items: number; last: number };
  keep(item: Item): Item;
  nextBoardId(): string;
  nextItemId(): string;
  /** For columns, groups, webhooks and whatever else needs one. */
  nextId(): number;
  tally: Tally;
};

export function openAccount(shelf: Shelf): Account {
  const boards = shelf.collection<Board>("boards");
  const items = shelf.collection<Item>("items");
  const counters = shelf.collection<number>("counters");
  const byBoard = new Map<string, Set<string>>();
  const lasts = new Map<string, number>();
  for (const item of items.values()) index(item);

  /** Which items are active on which board. */
  function index({ board, id, state, order }: Item): void {
    const there = byBoard.get(board) ?? new Set();
    byBoard.set(board, there);
    if (state === "active") there.add(id);
    else there.delete(id);
    lasts.set(board, Math.max(order, lasts.get(board) ?? 0));
  }

  function next(counter: string, first: number, step: number): number {
    const id = counters.get(counter) ?? first;
    counters.set(counter, id + step);
    return id;
  }

  return {
    boards,
    items,
    itemsOf: (board) =>
      [...(byBoard.get(board) ?? [])]
        .flatMap((id) => items.get(id) ?? [])
        .sort((a, b) => a.order - b.order),
    sizeOf: (board) => ({
      items: byBoard.get(board)?.size ?? 0,
      last: lasts.get(board) ?? 0,
    }),
    keep(item) {
      items.set(item.id, item);
      index(item);
      return item;
    },
    nextBoardId: () => String(next("board", FIRST_BOARD, 3)),
    nextItemId: () => String(next("item", FIRST_ITEM, 1)),
    nextId: () => next("other", 73_759_690, 1),
    tally: { creates: 0, updates: 0, archived: 0 },
  };
}

export const isState = (value: unknown): value is State =>
  ["active", "archived", "deleted"].includes(String(value));

/** To the second, as monday tells times; two changes within one second look alike. */
export const toSecond = (at: string): string => `${at.slice(0, 19)}Z`;
