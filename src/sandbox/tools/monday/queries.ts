import { users } from "./account.ts";
import { boardShown, pageShown, workspaceShown } from "./board-view.ts";
import { unknownBoard, unknownColumn, wrongArgument } from "./failures.ts";
import type { Arguments, Root, Shown } from "./graphql/execute.ts";
import { itemShown } from "./item-view.ts";
import type { Board, Item } from "./model.ts";
import type { Request } from "./request.ts";
import { accountShown, userShown } from "./user-view.ts";

const MOST_ITEMS = 100;
const VERSION = { display_name: "2026-10", kind: "current", value: "2026-10" };

type ByValues = {
  board_id: string;
  columns?: { column_id: string; column_values: string[] }[] | null;
  cursor?: string | null;
  limit: number;
};
type Some = { ids?: string[] | null; limit?: number; page?: number };

/** What can be asked for at the top. */
export function queries({ viewing, me, complexity, hooks }: Request): Root {
  const { account, cursors } = viewing;

  function boards(args: Arguments): Shown[] {
    const { ids, limit = 25, page = 1, state = "active", board_kind, workspace_ids, order_by } = args as Some & { state?: string; board_kind?: string; workspace_ids?: (string | null)[]; order_by?: string }; // prettier-ignore
    const found = [...account.boards.values()]
      .filter((board) => state === "all" || board.state === state)
      .filter(({ id }) => ids?.includes(id) ?? true)
      .filter(({ kind }) => board_kind === undefined || kind === board_kind)
      .filter(({ workspace }) => workspace_ids?.includes(workspace) ?? true);
    // Newest first, as monday lists them unless asked to sort.
    const sorted = order_by === undefined ? found.reverse() : found.sort((a, b) => (a.created_at < b.created_at ? 1 : -1)); // prettier-ignore
    return paged(sorted, limit, page).map((board) => boardShown(board, viewing));
  }

  /** In whatever state they are; those that never were are passed over. */
  function items(args: Arguments): Shown[] {
    const { ids, limit = 25, page = 1, exclude_nonactive, newest_first } = args as Some & { exclude_nonactive?: boolean; newest_first?: boolean }; // prettier-ignore
    if ((ids ?? []).length > MOST_ITEMS || limit > MOST_ITEMS)
      throw wrongArgument(`At most ${String(MOST_ITEMS)} items can be asked for at once`);
    const all: Item[] = ids ? [...new Set(ids)].sort().flatMap((id) => account.items.get(id) ?? []) : [...account.items.values()]; // prettier-ignore
    const found = all.filter(({ state }) => exclude_nonactive !== true || state === "active");
    const sorted = newest_first === true ? found.reverse() : found;
    return paged(sorted, limit, page).map((item) => itemShown(item, viewing));
  }

  /** Items whose columns read as one of the values each; further pages by cursor alone. */
  function byValues(args: Arguments): Shown {
    const { board_id, columns, cursor, limit } = args as ByValues;
    if (cursor) {
      if (columns) throw wrongArgument("cursor and columns cannot be given together");
      return pageShown(cursors.next(cursor, limit), viewing);
    }
    const board = account.boards.get(board_id);
    if (board?.state !== "active") throw unknownBoard(board_id);
    if (!columns || columns.length === 0) throw wrongArgument("columns or cursor must be given");
    for (const { column_id } of columns) refuseUnreadable(board, column_id);
    const found = account.itemsOf(board.id).filter((item) =>
      columns.every(({ column_id, column_values }) => {
        const cells = itemShown(item, viewing)["column_values"] as (args: object) => Shown[];
        const own = column_id === "name" ? item.name : cells({ ids: [column_id] })[0]?.["text"];
        return column_values.includes(String(own));
      }),
    );
    return pageShown(cursors.start(found.map(({ id }) => id), limit), viewing); // prettier-ignore
  }

  return {
    me: () => userShown(me),
    account: accountShown,
    version: () => VERSION,
    versions: () => [VERSION],
    complexity,
    boards,
    items,
    items_page_by_column_values: byValues,
    next_items_page({ cursor, limit }) {
      return pageShown(cursors.next(String(cursor), Number(limit)), viewing);
    },
    users(args) {
      const { ids, emails, name, limit = 200, page = 1, non_active } = args as Some & { emails?: string[]; name?: string; non_active?: boolean }; // prettier-ignore
      const found = users
        .filter(({ id }) => ids?.includes(id) ?? true)
        .filter(({ email }) => emails?.includes(email) ?? true)
        .filter(
          (user) => name === undefined || user.name.toLowerCase().includes(name.toLowerCase()),
        )
        .filter(({ status }) => (status === "INACTIVE") === (non_active ?? false));
      return paged(found, limit, page).map(({ id }) => userShown(id));
    },
    workspaces: () => [workspaceShown()],
    webhooks: ({ board_id }) => hooks.list(String(board_id)),
  };
}

/** A column that is not there, or does not read as text, is refused rather than never matched. */
function refuseUnreadable({ columns }: Board, id: string): void {
  if (id === "name") return;
  const type = columns.find((column) => column.id === id)?.type;
  if (type === undefined) throw unknownColumn(id);
  if (["board_relation", "mirror"].includes(type))
    throw wrongArgument(`Column type ${type} is not supported here`);
}

function paged<Item>(items: Item[], limit: number, page: number): Item[] {
  if (limit < 1 || page < 1) throw wrongArgument("limit and page start at 1");
  return items.slice((page - 1) * limit, page * limit);
}
