import type { Board, Column, Group, Item } from "./model.ts";

/** What happens on a board, as webhooks may want to hear of it. */
export type Happening = { user: string; board: Board; item: Item | null; at: string } & (
  | { kind: "item_created" | "item_archived" | "item_deleted" | "item_restored" }
  | { kind: "name_changed"; previous: string }
  | { kind: "cell_changed"; column: Column; value: unknown; previous: unknown }
  | { kind: "item_moved"; from: Group | null; to: Group }
  | { kind: "column_created"; column: Column }
);

export type Listener = (happening: Happening) => void;
