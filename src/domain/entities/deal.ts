import type { Entity } from "./entity.ts";
import { choice, of, personalText, reference, text } from "./field.ts";
import { asItIs, firstFilled } from "./filled.ts";

/** Business that may come to be. */
export const deal: Entity = {
  name: "deal",
  one: "deal",
  many: "deals",
  keys: ["title"],
  fields: {
    title: text("Title"),
    amount: of("Amount", "money"),
    currency: of("Currency", "currency"),
    status: choice("Status", "open", "won", "lost"),
    close_date: of("Close date", "date"),
    notes: personalText("Notes"),
    customer: reference("Customer", "customer"),
    company: reference("Company", "company"),
  },
  complete: asItIs,
  title: firstFilled("title"),
};
