import type { Shelf } from "../../collection.ts";
import { person } from "../people.ts";
import { undertaking } from "../work.ts";
import { type Account, WORKSPACE } from "./account.ts";
import type { Boards } from "./boards.ts";
import { spoil } from "./flaws.ts";
import type { Items, NewItem } from "./items.ts";
import { customerOf, GROUPS, owner, taskColumns, taskOf } from "./made-up.ts";
import { companyOf, dealOf, orderOf } from "./made-up-business.ts";
import { fileOf } from "./made-up-files.ts";
import { invoiceOf } from "./made-up-invoices.ts";
import { openOwnBoards, type OwnBoard } from "./own-boards.ts";

const DAY = 86_400_000;
const TASKS_EACH = 2;
const FIRST_CREATED = Date.parse("2026-08-03T08:12:40.250Z");
const at = (n: number, step: number) => new Date(FIRST_CREATED + n * step + n).toISOString();

export type Seed = {
  /** What stands there on the first start: a board for each purpose, and one for each project. */
  once(count: number, flaws: boolean): void;
  /** Further made-up ones, none of which has been here before; tells how many there are now. */
  more(object: string, count: number): number;
  own(name: OwnBoard): string;
};

/** Boards of projects, and what the account's own boards hold: `items` are tasks. */
type MadeUp = Record<
  "boards" | "items" | "customers" | "companies" | "deals" | "orders" | "invoices" | "files",
  number
>;
const NONE: MadeUp = { boards: 0, items: 0, customers: 0, companies: 0, deals: 0, orders: 0, invoices: 0, files: 0 }; // prettier-ignore
const isMadeUp = (name: string): name is keyof MadeUp => name in NONE;
const boardOf = (name: Exclude<keyof MadeUp, "boards">): OwnBoard => name === "items" ? "work" : name; // prettier-ignore

type Links = Record<"customer" | "company" | "employer", (n: number) => string | null>;

/** What is made up, in an order in which items can point to others, and how far apart in time. */
const makers: [Exclude<keyof MadeUp, "boards">, (n: number, to: Links) => NewItem, number][] = [
  ["companies", companyOf, DAY / 3],
  ["customers", (n, { employer }) => customerOf(n, employer(n)), DAY / 3],
  ["deals", (n, to) => dealOf(n, to.customer(n), to.company(n)), DAY / 2],
  ["orders", (n, to) => orderOf(n, to.customer(n), to.company(n)), DAY / 2],
  ["invoices", (n, to) => invoiceOf(n, to.customer(n), to.company(n)), DAY / 2],
  ["files", fileOf, DAY / 2],
  ["items", (n, { customer }) => taskFor(n, customer(n)), DAY / 4],
];

function taskFor(n: number, customer: string | null): NewItem {
  const task = taskOf(n, "");
  const more = customer !== null && { connect_boards: { item_ids: [customer] } };
  return { ...task, values: { ...task.values, ...more } };
}

export function openSeed(shelf: Shelf, account: Account, boards: Boards, items: Items): Seed {
  const made = shelf.collection<MadeUp>("made_up");
  const own = openOwnBoards(shelf.collection<string>("own_boards"), account, boards);

  /** What a made-up item can point to, as it is now. */
  function links(): Links {
    const [customers, companies] = [idsOn("customers"), idsOn("companies")];
    const byName = new Map(account.itemsOf(own.board("companies").id).map(({ name, id }) => [name, id])); // prettier-ignore
    return {
      customer: (n) => customers[n % customers.length] ?? null,
      company: (n) => companies[n % companies.length] ?? null,
      employer: (n) => byName.get(person(n).company) ?? null,
    };
  }

  const idsOn = (board: OwnBoard) => account.itemsOf(own.board(board).id).map(({ id }) => id);

  function add(count: MadeUp, old: boolean): void {
    const before = { ...NONE, ...made.get("count") };
    const when = (n: number, step: number) => (old ? at(n, step) : undefined);
    const each = (what: keyof MadeUp, make: (n: number) => void) => {
      for (let n = before[what]; n < before[what] + count[what]; n += 1) make(n);
    };
    each("boards", (n) => addBoard(n, when(n, DAY / 2)));
    for (const [what, make, step] of makers) {
      const there = links();
      each(what, (n) => {
        items.create(owner(n), own.board(boardOf(what)), make(n, there), when(n, step));
      });
    }
    const now = Object.entries(before).map(([what, was]) => [what, was + count[what as keyof MadeUp]]); // prettier-ignore
    made.set("count", Object.fromEntries(now) as MadeUp);
  }

  /** A project: a board whose columns have ids of its own, with a few tasks of that project. */
  function addBoard(n: number, created: string | undefined): void {
    const { name, about, stage } = undertaking(n);
    const tail = `_mk${(n + 46_656).toString(36)}`;
    const board = boards.create(
      owner(n),
      {
        name,
        kind: "public",
        description: about,
        workspace: WORKSPACE.id,
        columns: taskColumns(tail, null),
        groups: GROUPS,
      },
      created,
    );
    for (let m = 0; m < TASKS_EACH; m += 1) {
      const task = taskOf(1000 + n * TASKS_EACH + m, tail);
      items.create(owner(n), board, task, created);
    }
    if (stage === "finished") boards.setState(board, "archived");
  }

  return {
    once(count, flaws) {
      const first = made.get("count") === undefined;
      const some = (wanted: number) => (count === 0 ? 0 : Math.max(5, Math.ceil(wanted)));
      shelf.together(() => {
        own.make(at(0, DAY));
        if (!first) return;
        const each = { customers: some(count), deals: some(count), orders: some(count), invoices: some(count), files: some(count) }; // prettier-ignore
        add({ ...each, boards: count, items: some(count * 1.5), companies: some(count / 2) }, true);
        if (flaws) spoil(account, boards, items, own.board("work"));
      });
      if (first) Object.assign(account.tally, { creates: 0, updates: 0, archived: 0 });
    },
    more(object, count) {
      if (!isMadeUp(object))
        throw new Error(
          `Say how many, as in {"boards": 10} or {"items": 100}: ${Object.keys(NONE).join(", ")}.`,
        );
      shelf.together(() => add({ ...NONE, [object]: count }, false));
      if (object === "boards") return account.boards.size;
      return account.itemsOf(own.board(boardOf(object)).id).length;
    },
    own: (name) => own.board(name).id,
  };
}
