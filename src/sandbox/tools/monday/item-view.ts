import { toSecond } from "./account.ts";
import { columnKinds } from "./columns/index.ts";
import type { Showing } from "./columns/column-kind.ts";
import { columnShown } from "./column-view.ts";
import type { Shown } from "./graphql/execute.ts";
import type { Column, Group, Item } from "./model.ts";
import { userShown } from "./user-view.ts";
import type { Viewing } from "./viewing.ts";

/** An item as GraphQL tells it. */
export function itemShown(item: Item, viewing: Viewing): Shown {
  const board = viewing.account.boards.get(item.board);
  return {
    id: item.id,
    name: item.name,
    state: item.state,
    created_at: toSecond(item.created_at),
    updated_at: toSecond(item.updated_at),
    creator_id: item.creator,
    creator: () => userShown(item.creator),
    email: `pulse-${item.id}@harbour-and-sons.monday.com`,
    url: `https://harbour-and-sons.monday.com/boards/${item.board}/pulses/${item.id}`,
    relative_link: `/boards/${item.board}/pulses/${item.id}`,
    parent_item: null,
    subitems: null,
    board: () => board && viewing.board(board),
    group: () => board?.groups.filter(({ id }) => id === item.group).map(groupShown)[0] ?? null,
    column_values: ({ ids, types }: { ids?: string[]; types?: string[] }) =>
      (board?.columns ?? [])
        .filter(({ type }) => type !== "name")
        .filter(({ id, type }) => (ids?.includes(id) ?? true) && (types?.includes(type) ?? true))
        .flatMap((column) => cellShown(column, item, viewing)),
  };
}

export const groupShown = ({ id, title, color }: Group, place = 0): Shown => ({
  id,
  title,
  color,
  archived: false,
  deleted: false,
  position: String(65_536 * (place + 1)),
});

/** One cell: what every type tells, and what its own type adds. */
function cellShown(column: Column, item: Item, viewing: Viewing): Shown[] {
  const kind = columnKinds.get(column.type);
  if (kind === undefined) return [];
  const cell = item.cells[column.id];
  const held = cell?.held ?? null;
  const showing: Showing = {
    column,
    item,
    account: viewing.account,
    itemShown: (other) => itemShown(other, viewing),
  };
  const value = kind.value(held, showing);
  return [
    {
      __typename: kind.shows,
      id: column.id,
      type: column.type,
      text: kind.text(held, showing),
      value: value === null ? null : JSON.stringify(value),
      is_leaf: true,
      updated_at: cell === undefined ? null : toSecond(cell.at),
      column: () => columnShown(column),
      ...viewing.mirrors(column.type, kind.fields(held, showing)),
    },
  ];
}
