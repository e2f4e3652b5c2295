import type { Collection } from "../../collection.ts";
import type { Account } from "./account.ts";
import type { Boards } from "./boards.ts";
import { fileColumns } from "./made-up-files.ts";
import { invoiceColumns } from "./made-up-invoices.ts";
import { customerColumns, GROUPS, owner, taskColumns } from "./made-up.ts";
import { companyColumns, dealColumns, orderColumns } from "./made-up-business.ts";
import type { Board, Column } from "./model.ts";

/** The boards that every account here has, by what they are for. */
export type OwnBoard =
  "companies" | "customers" | "work" | "deals" | "orders" | "invoices" | "files";

type Ids = (board: OwnBoard) => string;

/** In the order in which they are made: a column points to boards that are there. */
const plans: readonly [OwnBoard, string, (id: Ids) => Column[]][] = [
  ["companies", "Companies", companyColumns],
  ["customers", "Customers", (id) => customerColumns(id("companies"))],
  ["work", "Work", (id) => taskColumns("", id("customers"))],
  ["deals", "Deals", (id) => dealColumns(id("customers"), id("companies"))],
  ["orders", "Orders", (id) => orderColumns(id("customers"), id("companies"))],
  ["invoices", "Invoices", (id) => invoiceColumns(id("customers"), id("companies"))],
  ["files", "Files", fileColumns],
];

export type OwnBoards = {
  /** Makes those that are not there yet. */
  make(at: string): void;
  board(name: OwnBoard): Board;
};

export function openOwnBoards(
  known: Collection<string>,
  account: Account,
  boards: Boards,
): OwnBoards {
  const idOf: Ids = (name) => known.get(name) ?? "";
  return {
    make(at) {
      for (const [name, title, columns] of plans) {
        if (known.get(name) !== undefined) continue;
        const given = { name: title, kind: "public" as const, columns: columns(idOf), groups: GROUPS }; // prettier-ignore
        known.set(name, boards.create(owner(0), given, at).id);
      }
    },
    board: (name) => account.boards.get(idOf(name)) as Board,
  };
}
