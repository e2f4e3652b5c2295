import type { Account } from "./account.ts";
import { users } from "./account.ts";
import { columnKinds } from "./columns/index.ts";
import type { Edit } from "./edit.ts";
import type { Column, Item } from "./model.ts";
import type { Refusal } from "../http.ts";
import type { Records } from "../records-page.ts";

const minute = (at: string) => at.slice(0, 16).replace("T", " ");
const newest = <Record extends { updated_at: string }>(records: Iterable<Record>) =>
  [...records].sort((a, b) => (a.updated_at < b.updated_at ? 1 : -1));

const reason = ({ answer }: Refusal): string =>
  (JSON.parse(answer.body.toString()) as { errors: { message: string }[] }).errors
    .map(({ message }) => message)
    .join(". ");

/** What a cell says, as a person at the board would see it. */
function cellText(column: Column, item: Item, account: Account): string {
  const kind = columnKinds.get(column.type);
  const held = item.cells[column.id]?.held ?? null;
  const showing = { column, item, account, itemShown: () => null };
  return kind?.sought(held, showing).text ?? "";
}

/** How a person sees the account with a browser. */
export const records = (account: Account, edit: Edit): Records[] => [
  {
    tool: "monday.com",
    object: "boards",
    noun: "boards",
    columns: ["Name", "State", "Type", "Items", "Changed"],
    rows: () =>
      newest(account.boards.values()).map((board) => ({
        id: board.id,
        faded: board.state !== "active",
        cells: [
          board.name,
          board.state,
          board.type,
          String(account.sizeOf(board.id).items),
          minute(board.updated_at),
        ],
      })),
    fields(id) {
      const board = account.boards.get(id);
      return (
        board && [
          { name: "name", label: "Name", value: board.name },
          { name: "description", label: "Description", value: board.description ?? "" },
        ]
      );
    },
    save: (id, values) => void edit(id, values, "boards"),
    reason,
  },
  {
    tool: "monday.com",
    object: "items",
    noun: "items",
    columns: ["Name", "Board", "State", "Values", "Changed"],
    rows: () =>
      newest(account.items.values()).map((item) => {
        const board = account.boards.get(item.board);
        const texts = (board?.columns ?? []).map((column) => cellText(column, item, account));
        return {
          id: item.id,
          faded: item.state !== "active",
          cells: [
            item.name,
            board?.name ?? "",
            item.state,
            texts.filter((text) => text !== "").join(" · "),
            minute(item.updated_at),
          ],
        };
      }),
    fields(id) {
      const item = account.items.get(id);
      const columns = item === undefined ? [] : (account.boards.get(item.board)?.columns ?? []);
      return (
        item && [
          { name: "name", label: "Name", value: item.name },
          ...columns
            .filter(({ type }) => SIMPLE.includes(type))
            .map((column) => ({
              name: column.id,
              label: column.title,
              value: cellText(column, item, account),
            })),
        ]
      );
    },
    save: (id, values) => void edit(id, values, "items"),
    reason,
  },
  {
    tool: "monday.com",
    object: "users",
    noun: "people",
    columns: ["Name", "E-mail", "Status"],
    rows: () =>
      users.map(({ id, name, email, status }) => ({
        id,
        faded: status === "INACTIVE",
        cells: [name, email, status.toLowerCase()],
      })),
    fields: () => undefined,
    save: () => undefined,
    reason,
  },
];

/** Columns that a person may type into here. */
const SIMPLE = ["text", "status", "date", "numbers", "long_text", "email"];
