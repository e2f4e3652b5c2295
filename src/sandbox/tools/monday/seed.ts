import type { Shelf } from "../../collection.ts";
import { undertaking } from "../work.ts";
import { type Account, WORKSPACE } from "./account.ts";
import type { Boards } from "./boards.ts";
import { spoil } from "./flaws.ts";
import type { Items } from "./items.ts";
import { customerColumns, customerOf, GROUPS, owner, taskColumns, taskOf } from "./made-up.ts";
import type { Board } from "./model.ts";

const DAY = 86_400_000;
const TASKS_EACH = 2;
const FIRST_CREATED = Date.parse("2026-08-03T08:12:40.250Z");
const at = (n: number, step: number) => new Date(FIRST_CREATED + n * step + n).toISOString();

/** The boards that every account here has, by what they are for. */
export type OwnBoards = { work: string; customers: string };

export type Seed = {
  /** What stands there on the first start: a board of tasks, one of customers, and one for each project. */
  once(count: number, flaws: boolean): void;
  /** Further made-up ones, none of which has been here before; tells how many there are now. */
  more(object: string, count: number): number;
  own(): OwnBoards;
};

type MadeUp = { boards: number; items: number; customers: number };

export function openSeed(shelf: Shelf, account: Account, boards: Boards, items: Items): Seed {
  const made = shelf.collection<MadeUp>("made_up");
  const own = shelf.collection<string>("own_boards");
  const ownBoard = (name: keyof OwnBoards) => account.boards.get(own.get(name) ?? "") as Board;

  function firstBoards(): void {
    const at0 = at(0, DAY);
    const columns = customerColumns();
    const customers = boards.create(owner(0), { name: "Customers", kind: "public", columns, groups: GROUPS }, at0); // prettier-ignore
    const tasks = taskColumns("", customers.id);
    const work = boards.create(owner(0), { name: "Work", kind: "public", columns: tasks, groups: GROUPS }, at0); // prettier-ignore
    own.set("customers", customers.id);
    own.set("work", work.id);
  }

  function add(count: MadeUp, old: boolean): void {
    const so = made.get("count") ?? { boards: 0, items: 0, customers: 0 };
    const when = (n: number, step: number) => (old ? at(n, step) : undefined);
    const each = (what: keyof MadeUp, make: (n: number) => void) => {
      for (let n = so[what]; n < so[what] + count[what]; n += 1) make(n);
    };
    each("customers", (n) => {
      items.create(owner(n), ownBoard("customers"), customerOf(n), when(n, DAY / 3));
    });
    each("boards", (n) => addBoard(n, when(n, DAY / 2)));
    const customers = account.itemsOf(ownBoard("customers").id);
    each("items", (n) => {
      const task = taskOf(n, "");
      const linked = customers[n % customers.length];
      const values = {
        ...task.values,
        ...(linked && { connect_boards: { item_ids: [linked.id] } }),
      };
      items.create(owner(n), ownBoard("work"), { ...task, values }, when(n, DAY / 4));
    });
    made.set("count", {
      boards: so.boards + count.boards,
      items: so.items + count.items,
      customers: so.customers + count.customers,
    });
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
      if (made.get("count") !== undefined) return;
      const some = (wanted: number) => (count === 0 ? 0 : Math.max(5, Math.ceil(wanted)));
      shelf.together(() => {
        firstBoards();
        add({ boards: count, items: some(count * 1.5), customers: some(count) }, true);
        if (flaws) spoil(account, boards, items, ownBoard("work"));
      });
      Object.assign(account.tally, { creates: 0, updates: 0, archived: 0 });
    },
    more(object, count) {
      const none: MadeUp = { boards: 0, items: 0, customers: 0 };
      if (!(object in none))
        throw new Error(
          'Say how many, as in {"boards": 10}, {"items": 100} or {"customers": 100}.',
        );
      shelf.together(() => add({ ...none, [object]: count }, false));
      if (object === "boards") return account.boards.size;
      return account.itemsOf(ownBoard(object === "items" ? "work" : "customers").id).length;
    },
    own: () => ({ work: ownBoard("work").id, customers: ownBoard("customers").id }),
  };
}
