import type { Entity } from "./entity.ts";
import { choice, of, reference, text } from "./field.ts";
import { asItIs, firstFilled } from "./filled.ts";

/** Something somebody has to do. */
export const task: Entity = {
  name: "task",
  one: "task",
  many: "tasks",
  keys: ["title"],
  fields: {
    title: text("Title"),
    notes: text("Notes"),
    status: choice("Status", "open", "done"),
    due_date: of("Due", "date"),
    assignee_email: of("Assignee", "email"),
    project: reference("Project", "project"),
  },
  complete: asItIs,
  title: firstFilled("title"),
};
