import type { Item } from "../model.ts";
import type { Account } from "../account.ts";
import { wrongColumnValue } from "../failures.ts";
import { type ColumnKind, isBlank, objectIn, type Showing } from "./column-kind.ts";
import { text as textKind } from "./texts.ts";

const living = (ids: string[] | null, { items }: Account): Item[] =>
  (ids ?? []).flatMap((id) => {
    const item = items.get(id);
    return item?.state === "active" ? [item] : [];
  });

/** Items of other boards. Its text and value are null: what is linked is told by fields of its own. */
export const boardRelation: ColumnKind<string[]> = {
  type: "board_relation",
  inner: "board-relation",
  shows: "BoardRelationValue",
  operators: ["any_of", "not_any_of", "is_empty", "is_not_empty"],
  write(given, { column, account }) {
    if (isBlank(given)) return null;
    const ids = objectIn(given)?.["item_ids"];
    if (!Array.isArray(ids)) throw wrongColumnValue("item_ids is a list", "board-relation");
    const found = ids.map((id: unknown) => {
      const item = account.items.get(String(id as string));
      if (item?.state !== "active" || !column.boards.includes(item.board))
        throw wrongColumnValue("the linked item is not on a connected board", "board-relation");
      return item.id;
    });
    return found.length === 0 ? null : [...new Set(found)];
  },
  text: () => null,
  value: () => null,
  fields(held, { account, itemShown }) {
    const linked = living(held, account);
    return {
      display_value: linked.map(({ name }) => name).join(", "),
      linked_item_ids: linked.map(({ id }) => id),
      linked_items: linked.map(itemShown),
    };
  },
  sought(held, { account }) {
    const names = living(held, account).map(({ name }) => name);
    return {
      empty: held === null,
      text: names.join(", "),
      terms: held ?? [],
      order: names.join(", "),
    };
  },
};

/** What the linked items hold in a column of their own board: only read, and only by `display_value`. */
export const mirror: ColumnKind<never> = {
  type: "mirror",
  inner: "lookup",
  shows: "MirrorValue",
  operators: [],
  write: null,
  text: () => null,
  value: () => null,
  fields: (_, showing) => ({
    display_value: () => mirrored(showing).join(", "),
    mirrored_items: linkedThrough(showing).map((item) => ({
      linked_board_id: item.board,
      linked_item: showing.itemShown(item),
    })),
  }),
  sought: (_, showing) => ({
    ...textKind.sought(mirrored(showing).join(", "), showing),
    terms: [],
  }),
};

const linkedThrough = ({ column, item, account }: Showing): Item[] => {
  const held = column.through === null ? undefined : item.cells[column.through]?.held;
  return living(Array.isArray(held) ? (held as string[]) : null, account);
};

/** Columns that hold plain text can be mirrored here. */
function mirrored(showing: Showing): string[] {
  return linkedThrough(showing).flatMap(({ cells }) =>
    showing.column.mirrored.flatMap((id) => {
      const held = cells[id]?.held;
      if (typeof held === "string") return [held];
      const { text } = objectIn(held) ?? {};
      return typeof text === "string" ? [text] : [];
    }),
  );
}
