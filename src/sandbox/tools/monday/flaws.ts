import type { Account } from "./account.ts";
import type { Boards } from "./boards.ts";
import type { Items, Values } from "./items.ts";
import type { Board } from "./model.ts";

/** What is odd about some of the tasks, as it is on every real board: applied to the first ones, in order. */
const ODD: Values[] = [
  { status: null },
  { name: "Fix 🚿 in the wash-room & tell <b>the landlord</b>" },
  { person: null },
  { date4: { date: "2026-11-30", time: "22:30:00" } },
  { name: "  Call Zoë back  " },
  { email: { email: "office@harbour-and-sons.example", text: "The office" } },
  { notes: { text: "Very long. ".repeat(180) } },
  { numbers: null, connect_boards: null },
];

/** The values above, a board that we may only read, and a document, which monday lists among the boards. */
export function spoil(account: Account, boards: Boards, items: Items, work: Board): void {
  const [, someone = ""] = work.owners;
  const by = someone === "" ? (work.owners[0] ?? "") : someone;
  const tasks = account.itemsOf(work.id);
  for (const [n, values] of ODD.entries()) {
    const task = tasks[n];
    if (task !== undefined) items.change(by, task, values, false, task.created_at);
  }
  const handbook = boards.create(by, { name: "Company handbook", kind: "public" }, work.created_at);
  account.boards.set(handbook.id, { ...handbook, locked: true });
  boards.create(by, { name: "Meeting notes", kind: "public", type: "document", columns: [] }, work.created_at); // prettier-ignore
}
