import type { Entity } from "./entity.ts";
import { choice, of, reference, text } from "./field.ts";
import { asItIs, firstFilled } from "./filled.ts";

/** Work with a beginning and an end. */
export const project: Entity = {
  name: "project",
  one: "project",
  many: "projects",
  keys: ["name"],
  fields: {
    name: text("Name"),
    notes: text("Notes"),
    status: choice("Status", "open", "done"),
    start_date: of("Start", "date"),
    due_date: of("Due", "date"),
    customer: reference("Customer", "customer"),
    company: reference("Company", "company"),
  },
  complete: asItIs,
  title: firstFilled("name"),
};
