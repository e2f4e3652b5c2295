import type { TaskValues } from "./model.ts";
import type { Tasks } from "./tasks.ts";
import type { Workspace } from "./workspace.ts";

/** What is odd about some of the tasks, as it is in every real workspace: applied to the first ones, in order. */
const ODD: TaskValues[] = [
  { name: "" },
  { due_at: "2026-11-30T22:30:00.000Z" },
  { assignee: null },
  { name: "Fix 🚿 in the wash-room\tand tell\nthe landlord" },
  { notes: "<script>alert(1)</script> & co." },
  { name: "  Call Zoë back  " },
  { notes: "Very long. ".repeat(2000) },
];

/** A task in two projects, a subtask of another, and the values above. */
export function spoil(space: Workspace, tasks: Tasks, user: string): void {
  const [first, second, third, ...others] = space.tasks.values();
  const [, other] = space.projects.values();
  for (const [n, values] of ODD.entries()) {
    const task = others[n];
    if (task !== undefined) tasks.update(user, task, values, task.created_at);
  }
  const [section] = other === undefined ? [] : space.sectionsOf(other.gid);
  if (first !== undefined && section !== undefined)
    tasks.place(user, first, { section, before: null, after: null });
  if (second === undefined || third === undefined) return;
  const step = { name: "Ask for the measurements first", followers: [], tags: [], places: [] };
  tasks.create(user, { ...step, parent: second.gid }, third.created_at);
}
