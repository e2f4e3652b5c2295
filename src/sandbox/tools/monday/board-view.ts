import { userShown } from "./user-view.ts";
import { WORKSPACE } from "./account.ts";
import { columnShown } from "./column-view.ts";
import type { Shown } from "./graphql/execute.ts";
import { groupShown, itemShown } from "./item-view.ts";
import type { Board } from "./model.ts";
import { chosen, type ItemsQuery } from "./rules.ts";
import type { Viewing } from "./viewing.ts";
import { wrongArgument } from "./failures.ts";

export const ITEMS_LIMIT = 10_000;

/** What `items_page` takes. */
export type PageArguments = { limit: number; cursor?: string | null; query_params?: ItemsQuery | null }; // prettier-ignore

/** A board as GraphQL tells it. */
export function boardShown(board: Board, viewing: Viewing): Shown {
  const { account } = viewing;
  return {
    id: board.id,
    name: board.name,
    description: board.description,
    state: board.state,
    board_kind: board.kind,
    type: board.type,
    hierarchy_type: "classic",
    access_level: board.locked ? "view" : "edit",
    permissions: board.locked ? "owners" : "everyone",
    board_folder_id: null,
    item_terminology: board.terminology,
    items_limit: ITEMS_LIMIT,
    created_at: board.created_at,
    updated_at: board.updated_at,
    url: `https://harbour-and-sons.monday.com/boards/${board.id}`,
    workspace_id: board.workspace,
    workspace: board.workspace === null ? null : workspaceShown(),
    creator: () => userShown(board.owners[0] ?? ""),
    owners: () => board.owners.map(userShown),
    items_count: () => account.sizeOf(board.id).items,
    columns: ({ ids, types }: { ids?: string[]; types?: string[] }) =>
      board.columns
        .filter(({ id, type }) => (ids?.includes(id) ?? true) && (types?.includes(type) ?? true))
        .map(columnShown),
    groups: ({ ids }: { ids?: string[] }) =>
      board.groups
        .filter(({ id }) => ids?.includes(id) ?? true)
        .map((group, place) => ({
          ...groupShown(group, place),
          items_page: (args: PageArguments) => itemsPage(board, args, viewing, group.id),
        })),
    top_group: () => board.groups.slice(0, 1).map((group) => groupShown(group))[0],
    items_page: (args: PageArguments) => itemsPage(board, args, viewing, null),
  };
}

function itemsPage(
  board: Board,
  { limit, cursor, query_params }: PageArguments,
  viewing: Viewing,
  group: string | null,
): Shown {
  const { account } = viewing;
  if (cursor) {
    if (query_params) throw wrongArgument("cursor and query_params cannot be given together");
    return pageShown(viewing.cursors.next(cursor, limit), viewing);
  }
  const there = account.itemsOf(board.id).filter((item) => group === null || item.group === group);
  const found = chosen(there, query_params ?? {}, board, account);
  const ids = found.map(({ id }) => id);
  return pageShown(viewing.cursors.start(ids, limit), viewing);
}

/** What is no longer there by the time its page is read is left out. */
export const pageShown = (
  { ids, cursor }: { ids: string[]; cursor: string | null },
  viewing: Viewing,
): Shown => ({
  cursor,
  items: ids.flatMap((id) => {
    const item = viewing.account.items.get(id);
    return item?.state === "active" ? [itemShown(item, viewing)] : [];
  }),
});

export const workspaceShown = (): Shown => ({
  id: WORKSPACE.id,
  name: WORKSPACE.name,
  kind: "open",
  state: "active",
  description: null,
  created_at: "2025-01-06T08:00:00Z",
  is_default_workspace: false,
});
