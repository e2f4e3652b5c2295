import { boardShown } from "./board-view.ts";
import { valuesIn } from "./cells.ts";
import { columnShown } from "./column-view.ts";
import { notAllowed, notFound, unknownBoard, wrongArgument, wrongJson } from "./failures.ts";
import type { Arguments, Root } from "./graphql/execute.ts";
import { groupShown, itemShown } from "./item-view.ts";
import type { Board, Item, State } from "./model.ts";
import type { Request } from "./request.ts";

/** What can be done at the top, one after the other; what fails leaves the others as they are. */
export function mutations(request: Request): Root {
  const { viewing, me, boards, items, hooks, complexity } = request;
  const { account } = viewing;

  const shown = (item: Item) => itemShown(item, viewing);
  const text = (value: unknown): string => String(value as string);

  /** A board that we may change. */
  function boardAt(id: unknown): Board {
    const board = account.boards.get(text(id));
    if (board === undefined || board.state === "deleted") throw unknownBoard(text(id));
    if (board.locked) throw notAllowed();
    return board;
  }

  function itemAt(id: unknown, board?: Board): Item {
    const item = account.items.get(text(id));
    const elsewhere = board !== undefined && item?.board !== board.id;
    if (item === undefined || item.state === "deleted" || elsewhere) throw notFound("Item", text(id)); // prettier-ignore
    boardAt(item.board);
    return item;
  }

  const change = (args: Arguments, values: Record<string, unknown>) =>
    shown(
      items.change(
        me,
        itemAt(args["item_id"], boardAt(args["board_id"])),
        values,
        args["create_labels_if_missing"] === true,
      ),
    );

  function put(args: Arguments, state: State) {
    return shown(items.setState(me, itemAt(args["item_id"]), state));
  }

  return {
    complexity,
    create_item: (args) =>
      shown(
        items.create(me, boardAt(args["board_id"]), {
          name: text(args["item_name"]),
          group: args["group_id"] == null ? null : text(args["group_id"]),
          values: valuesIn(args["column_values"]),
          addLabels: args["create_labels_if_missing"] === true,
        }),
      ),
    change_multiple_column_values: (args) => change(args, valuesIn(args["column_values"])),
    change_column_value: (args) =>
      change(args, { [text(args["column_id"])]: jsonIn(args["value"]) }),
    change_simple_column_value: (args) =>
      change(args, { [text(args["column_id"])]: args["value"] ?? null }),
    delete_item: (args) => put(args, "deleted"),
    archive_item: (args) => put(args, "archived"),
    move_item_to_group: (args) =>
      shown(items.moveTo(me, itemAt(args["item_id"]), text(args["group_id"]))),

    create_board: (args) => {
      request.countNewBoard();
      const board = boards.create(me, {
        name: text(args["board_name"]),
        kind: args["board_kind"] as Board["kind"],
        description: args["description"] == null ? null : text(args["description"]),
        workspace: args["workspace_id"] == null ? null : text(args["workspace_id"]),
        ...(Array.isArray(args["board_owner_ids"]) && {
          owners: args["board_owner_ids"].map(text),
        }),
      });
      // Unless it is to be empty, a board comes with items that nobody asked for.
      const first = args["empty"] === true ? [] : ["Item 1", "Item 2", "Item 3"];
      for (const name of first)
        items.create(me, board, { name, group: null, values: {}, addLabels: false });
      return boardShown(board, viewing);
    },
    update_board: (args) => {
      const board = boardAt(args["board_id"]);
      const value = text(args["new_value"]);
      const attribute = text(args["board_attribute"]);
      const fields = { name: "name", description: "description", item_nickname: "terminology" } as const; // prettier-ignore
      const field = fields[attribute as keyof typeof fields];
      if (field === undefined) throw wrongArgument(`${attribute} cannot be updated here`);
      boards.set(board, { [field]: value });
      const undo = { undo_record_id: null, action_type: "modify_project", entity_type: "Board", entity_id: board.id }; // prettier-ignore
      return JSON.stringify({ success: true, undo_data: undo });
    },
    archive_board: (args) =>
      boardShown(boards.setState(boardAt(args["board_id"]), "archived"), viewing),
    delete_board: (args) =>
      boardShown(boards.setState(boardAt(args["board_id"]), "deleted"), viewing),
    create_column: (args) =>
      columnShown(
        boards.addColumn(me, boardAt(args["board_id"]), {
          id: args["id"] == null ? null : text(args["id"]),
          title: text(args["title"]),
          type: text(args["column_type"]),
          description: args["description"] == null ? null : text(args["description"]),
          defaults: args["defaults"],
        }).column,
      ),
    create_group: (args) =>
      groupShown(
        boards.addGroup(
          boardAt(args["board_id"]),
          text(args["group_name"]),
          args["group_color"] == null ? null : text(args["group_color"]),
        ),
      ),

    create_webhook: (args) =>
      hooks.create(boardAt(args["board_id"]), text(args["url"]), text(args["event"]), args["config"]), // prettier-ignore
    delete_webhook: ({ id }) => hooks.remove(text(id)),
  };
}

/** A single value is JSON in a string too. */
function jsonIn(value: unknown): unknown {
  if (typeof value !== "string") throw wrongJson();
  try {
    return JSON.parse(value) as unknown;
  } catch {
    throw wrongJson();
  }
}
