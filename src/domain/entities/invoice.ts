import type { Entity } from "./entity.ts";
import { choice, of, personalText, reference, text } from "./field.ts";
import { product } from "../decimal.ts";
import { isLines, type Line } from "../fields.ts";
import { filled, firstFilled } from "./filled.ts";

/** What somebody owes us. */
export const invoice: Entity = {
  name: "invoice",
  one: "invoice",
  many: "invoices",
  keys: ["number"],
  fields: {
    number: text("Number"),
    status: choice("Status", "draft", "open", "paid", "void"),
    date: of("Date", "date"),
    due_date: of("Due date", "date"),
    currency: of("Currency", "currency"),
    customer: reference("Customer", "customer"),
    company: reference("Company", "company"),
    lines: {
      label: "Lines",
      personal: false,
      type: {
        kind: "lines",
        fields: {
          description: { label: "Description", type: { kind: "text" } },
          quantity: { label: "Quantity", type: { kind: "number" } },
          unit_price: { label: "Unit price", type: { kind: "money" } },
          amount: { label: "Amount", type: { kind: "money" } },
        },
      },
    },
    total: of("Total", "money"),
    balance: of("Balance", "money"),
    notes: personalText("Notes"),
  },

  /** Tools that keep no amount of a line have quantity and price, and others have the amount alone. */
  complete(fields) {
    const { lines } = { lines: fields["lines"] };
    return isLines(lines) ? { ...fields, lines: lines.map(wholeLine) } : fields;
  },

  title: firstFilled("number"),
};

function wholeLine({ description, quantity, unit_price: price, amount }: Line): Line {
  const text = description ?? null;
  if (!filled(amount) && filled(quantity) && filled(price))
    return { description: text, quantity, unit_price: price, amount: product(quantity, price) };
  if (filled(amount) && !filled(quantity) && !filled(price))
    return { description: text, quantity: "1", unit_price: amount, amount };
  return {
    description: text,
    quantity: quantity ?? null,
    unit_price: price ?? null,
    amount: amount ?? null,
  };
}
