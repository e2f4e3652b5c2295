import { undertaking } from "../work.ts";
import { columnOf } from "./boards.ts";
import type { NewItem } from "./items.ts";
import { currencyOf, labels, linkedTo, relation } from "./made-up-business.ts";
import type { Column } from "./model.ts";

const STATUS = labels("Draft", "Open", "Paid", "Void");
const WORK = ["Design", "Fitting on site", "Travel", "Materials"];

/** What the board of invoices has. Its lines stand in a text: a long text ends at 2,000 characters. */
export const invoiceColumns = (customers: string, companies: string): Column[] => [
  columnOf("name", "Number", "name"),
  { ...columnOf("status", "Status", "status"), labels: structuredClone(STATUS) },
  columnOf("date", "Date", "date"),
  columnOf("due_date", "Due", "date"),
  columnOf("currency", "Currency", "text"),
  columnOf("lines", "Lines", "text"),
  columnOf("total", "Total", "numbers"),
  columnOf("balance", "Balance", "numbers"),
  columnOf("notes", "Notes", "long_text"),
  relation("customer", "Customer", customers),
  relation("company", "Company", companies),
];

/** The n-th made-up invoice, with the items it points to. */
export function invoiceOf(n: number, person: string | null, firm: string | null): NewItem {
  const { name, start, due, customer } = undertaking(n);
  const lines = Array.from({ length: (n % 3) + 1 }, (_, row) => ({
    description: `${WORK[(n + row) % WORK.length] ?? ""}, ${customer.city}`,
    quantity: row + 1,
    unit_price: 40 + ((n * 13) % 90),
    amount: (row + 1) * (40 + ((n * 13) % 90)),
  }));
  const total = lines.reduce((sum, { amount }) => sum + amount, 0);
  const index = n % STATUS.length;
  return {
    name: `INV-${String(4_001 + n)}`,
    group: null,
    values: {
      status: { index },
      date: { date: start },
      due_date: { date: due },
      currency: currencyOf(customer.country),
      lines: JSON.stringify(lines),
      total: String(total),
      balance: STATUS[index]?.done === true ? "0" : String(total),
      notes: { text: name },
      ...linkedTo(person, firm),
    },
    addLabels: false,
  };
}
