import type { Account } from "./account.ts";
import { objectIn } from "./columns/column-kind.ts";
import { columnKinds } from "./columns/index.ts";
import { wrongArgument } from "./failures.ts";
import type { Listener } from "./happenings.ts";
import type { Board, Column, Group, Label, State } from "./model.ts";

export type NewBoard = Pick<Board, "name" | "kind"> &
  Partial<Pick<Board, "description" | "workspace" | "owners" | "columns" | "groups" | "type">>;

export type Boards = {
  create(user: string, given: NewBoard, at?: string): Board;
  set(board: Board, values: Partial<Pick<Board, "name" | "description" | "terminology">>): Board;
  setState(board: Board, state: State): Board;
  addColumn(user: string, board: Board, given: NewColumn): { board: Board; column: Column };
  addGroup(board: Board, name: string, color: string | null): Group;
};

export type NewColumn = {
  id: string | null;
  title: string;
  type: string;
  description: string | null;
  defaults: unknown;
};

const LONGEST_NAME = 255;

export function openBoards(account: Account, tell: Listener): Boards {
  const { boards, tally } = account;

  const kept = (board: Board): Board => {
    boards.set(board.id, board);
    return board;
  };
  const touched = (board: Board): Board => kept({ ...board, updated_at: new Date().toISOString() });

  return {
    create(user, given, at = new Date().toISOString()) {
      refuseName(given.name);
      const board: Board = {
        description: null,
        type: "board",
        locked: false,
        workspace: null,
        terminology: "Item",
        columns: plainColumns(),
        groups: [{ id: "topics", title: "Group Title", color: "#579bfc" }],
        owners: [user],
        ...given,
        id: account.nextBoardId(),
        state: "active",
        created_at: at,
        updated_at: at,
      };
      tally.creates += 1;
      return kept(board);
    },
    set(board, values) {
      if (values.name !== undefined) refuseName(values.name);
      tally.updates += 1;
      return touched({ ...board, ...values });
    },
    setState(board, state) {
      if (board.state !== state && state !== "active") tally.archived += 1;
      return touched({ ...board, state });
    },
    addColumn(user, board, { id, title, type, description, defaults }) {
      if (!columnKinds.has(type)) throw wrongArgument(`Column type ${type} cannot be created here`);
      const own = id ?? `${type}_mk${account.nextId().toString(36)}`;
      if (board.columns.some((column) => column.id === own))
        throw wrongArgument(`Column ID ${own} already exists on the board`);
      const column = { ...columnOf(own, title, type), description, ...settingsIn(type, defaults) };
      const after = touched({ ...board, columns: [...board.columns, column] });
      tell({ kind: "column_created", user, board: after, item: null, at: after.updated_at, column }); // prettier-ignore
      return { board: after, column };
    },
    addGroup(board, name, color) {
      refuseName(name);
      const group = { id: `group_mk${account.nextId().toString(36)}`, title: name, color: color ?? "#a25ddc" }; // prettier-ignore
      // A new group stands at the top.
      touched({ ...board, groups: [group, ...board.groups] });
      return group;
    },
  };
}

function refuseName(name: string): void {
  if (name.length < 1 || name.length > LONGEST_NAME)
    throw wrongArgument(`A name has 1 to ${String(LONGEST_NAME)} characters`);
}

export const columnOf = (id: string, title: string, type: string): Column => ({
  id,
  title,
  type,
  description: null,
  labels: type === "status" ? structuredClone(USUAL_LABELS) : [],
  boards: [],
  through: null,
  mirrored: [],
});

const USUAL_LABELS: Label[] = [
  { id: 0, name: "Working on it", color: "#fdab3d", done: false },
  { id: 1, name: "Done", color: "#00c875", done: true },
  { id: 2, name: "Stuck", color: "#df2f4a", done: false },
];

/** What a board has that nobody asked for anything else of. */
const plainColumns = (): Column[] => [
  columnOf("name", "Name", "name"),
  columnOf("person", "Person", "people"),
  columnOf("status", "Status", "status"),
  columnOf("date4", "Date", "date"),
];

/** `defaults` as an object, or as JSON in a string. Only labels and connected boards are known here. */
function settingsIn(type: string, defaults: unknown): Partial<Column> {
  const given = objectIn(typeof defaults === "string" ? parsed(defaults) : defaults) ?? {};
  const { boardIds } = given;
  if (type === "board_relation" && Array.isArray(boardIds)) return { boards: boardIds.map(String) };
  const listed = given["labels"] ?? objectIn(given["settings"])?.["labels"];
  return listed === undefined ? {} : { labels: labelsIn(listed) };
}

/** By index, as statuses had them for years, or as a list. */
function labelsIn(given: unknown): Label[] {
  const label = (id: number, name: unknown, done = false): Label => ({ id, name: String(name), color: "#9aadbd", done }); // prettier-ignore
  if (!Array.isArray(given))
    return Object.entries(objectIn(given) ?? {}).map(([id, name]) => label(Number(id), name));
  return given.map((one: unknown, n) => {
    const { id, index, label: name, name: other, is_done } = objectIn(one) ?? {};
    return label(Number(id ?? index ?? n), name ?? other, is_done === true);
  });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw wrongArgument("defaults is not valid JSON");
  }
}
