import { type Account, isState, SOMEBODY_ELSE } from "./account.ts";
import { json, Refusal } from "../http.ts";
import type { Boards } from "./boards.ts";
import { FieldFailure } from "./graphql/execute.ts";
import type { Items, Values } from "./items.ts";
import type { Board } from "./model.ts";

/** Items by the board they are on; where they have an id already, all are the same. */
const ITEMS = ["items", "customers", "companies", "deals", "orders", "invoices", "files"];

export type Edit = (id: string | null, set: Values, object: string | null) => unknown;

/**
 * What somebody else does in monday itself: column values by column id, `name`, `group`, and `state` to
 * archive, delete or bring back. A new item goes to the board named by `board`, else to the board of tasks.
 */
export function openEdit(account: Account, boards: Boards, items: Items, work: () => string): Edit {
  const by = SOMEBODY_ELSE;

  function editItem(id: string | null, set: Values) {
    const { state, group, board: on = work(), ...values } = set;
    if (id === null) {
      const { name = "", ...rest } = values;
      return items.create(by, boardAt(String(on as string)), {
        name: String(name as string),
        group: group === undefined ? null : String(group as string),
        values: rest,
        addLabels: false,
      });
    }
    const item = account.items.get(id);
    if (item === undefined) throw new Error(`There is no item ${id}.`);
    const changed = items.change(by, item, values, false);
    const moved = group === undefined ? changed : items.moveTo(by, changed, String(group as string)); // prettier-ignore
    return isState(state) ? items.setState(by, moved, state) : moved;
  }

  function boardAt(id: string): Board {
    const board = account.boards.get(id);
    if (board === undefined) throw new Error(`There is no board ${id}.`);
    return board;
  }

  function editBoard(id: string | null, { state, name, description }: Values) {
    const values = {
      ...(typeof name === "string" && { name }),
      ...(typeof description === "string" && { description }),
    };
    if (id === null) return boards.create(by, { name: "", kind: "public", ...values });
    const board = boards.set(boardAt(id), values);
    return isState(state) ? boards.setState(board, state) : board;
  }

  return (id, set, object) => {
    const ofItem = ITEMS.includes(object ?? "");
    if (object !== null && object !== "boards" && !ofItem)
      throw new Error(`The object is "boards", or one of ${ITEMS.join(", ")}.`);
    try {
      return ofItem ? editItem(id, set) : editBoard(id, set);
    } catch (error) {
      if (!(error instanceof FieldFailure)) throw error;
      throw new Refusal(json(400, { errors: [{ message: error.message, extensions: error.extensions }] })); // prettier-ignore
    }
  };
}
