import type { Entity } from "./entity.ts";
import { choice, of, personalText, reference, text } from "./field.ts";
import { asItIs, firstFilled } from "./filled.ts";

/** What somebody has bought and we have to deliver. */
export const order: Entity = {
  name: "order",
  one: "order",
  many: "orders",
  keys: ["number"],
  fields: {
    number: text("Number"),
    status: choice("Status", "draft", "open", "fulfilled", "cancelled"),
    date: of("Date", "date"),
    total: of("Total", "money"),
    currency: of("Currency", "currency"),
    notes: personalText("Notes"),
    customer: reference("Customer", "customer"),
    company: reference("Company", "company"),
  },
  complete: asItIs,
  title: firstFilled("number"),
};
