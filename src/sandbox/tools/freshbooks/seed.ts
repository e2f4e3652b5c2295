import { person, type Person } from "../people.ts";
import type { Clients } from "./clients.ts";
import type { Values } from "./fields.ts";
import type { Invoices } from "./invoices.ts";
import type { Projects } from "./projects.ts";
import { easternDate } from "./time.ts";

export type Books = { clients: Clients; invoices: Invoices; projects: Projects };

const FIRST = Date.parse("2025-01-20T15:05:00Z");
const LAST = Date.parse("2026-10-30T19:40:00Z");
const DAY = 86_400_000;
/** 01:20 in New York, first in summer and an hour later in winter time. */
const TWICE = [Date.parse("2025-11-02T05:20:00Z"), Date.parse("2025-11-02T06:20:00Z")] as const;

/** The business on its first start: so many clients, as many invoices, and fewer projects. */
export function seedBooks(books: Books, count: number, flaws: boolean): void {
  const at = (n: number) => FIRST + Math.round(((LAST - FIRST) * n) / Math.max(1, count));
  for (let n = 0; n < count; n += 1) {
    const wrong = flaws ? flawed[n - Math.max(0, count - flawed.length)] : undefined;
    books.clients.create({ ...clientValues(n), ...wrong }, TWICE[n - 4] ?? at(n));
  }
  const ids = [...books.clients.all()].map(({ id }) => id);
  if (flaws && count >= 20) hide(books.clients, ids, at(count));
  if (count === 0) return;
  const billed = activeIds(books);
  for (let n = 0; n < count; n += 1) makeInvoice(books, n, pick(billed, n), at(n));
  const projects = projectsBeside(count);
  for (let n = 0; n < projects; n += 1)
    books.projects.create(projectValues(n, pick(billed, n + 3)), at((n * count) / projects));
}

const projectsBeside = (clients: number): number => Math.max(5, Math.round((clients * 2) / 3));

const activeIds = ({ clients }: Books): readonly number[] =>
  [...clients.all()].flatMap(({ id, vis_state: state }) => (state === 0 ? id : []));

const pick = (ids: readonly number[], n: number): number => ids[(n * 7) % ids.length] as number;

/** So many more made-up records of an object, none of which has been here before; tells how many are listed. */
export function seedMore(books: Books, object: string, count: number): number {
  const { clients, invoices, projects } = books;
  const sizeOf = (all: Iterable<unknown>) => [...all].length;
  const now = Date.now();
  switch (object) {
    case "clients": {
      const from = sizeOf(clients.all());
      for (let n = from; n < from + count; n += 1) clients.create(clientValues(n));
      return [...clients.all()].filter(({ vis_state: state }) => state !== 1).length;
    }
    case "invoices": {
      const [billed, from] = [activeIds(books), sizeOf(invoices.all())];
      for (let n = from; n < from + count; n += 1) makeInvoice(books, n, pick(billed, n), now);
      return sizeOf(invoices.all());
    }
    case "projects": {
      const [billed, from] = [activeIds(books), sizeOf(projects.all())];
      for (let n = from; n < from + count; n += 1)
        projects.create(projectValues(n, pick(billed, n)));
      return sizeOf(projects.all());
    }
    default:
      throw new Error(`There are clients, invoices and projects, but no ${object}.`);
  }
}

/** Every third of them is also a contact of the simulated HubSpot; the others are known here alone. */
function clientValues(n: number): Values {
  const one = person(n % 3 === 0 ? 30 + n : 20_000 + n);
  return {
    fname: one.first,
    lname: one.last,
    organization: n % 5 === 4 ? "" : one.company,
    email: one.email,
    bus_phone: one.phone ?? "",
    mob_phone: one.mobile ?? "",
    p_street: one.street,
    p_city: one.city,
    p_province: one.region,
    p_code: one.postalCode,
    p_country: one.country,
    currency_code: currencyOf(one),
    language: one.language,
    ...(n % 11 === 3 && { note: "Pays on Fridays.\nAsk for Ms Reyes." }),
  };
}

const CURRENCIES: Record<string, string> = { "United States": "USD", "United Kingdom": "GBP", Sweden: "SEK", Poland: "PLN", Japan: "JPY", India: "INR", Brazil: "BRL", Kenya: "KES" }; // prettier-ignore
const currencyOf = ({ country }: Person): string => CURRENCIES[country] ?? "EUR";

/** What is wrong with some clients, as it is in every real address book. The last ones have it. */
const flawed: readonly Values[] = [
  { fname: "", lname: "", organization: "Copper Lantern Ltd.", email: "" },
  { fname: "  Chloe\u0301", lname: "Dupre\u0301 ", email: "CHLOE@dupre.example" },
  { bus_phone: "call reception", mob_phone: "n/a" },
  { fname: "<b>Tim</b>", lname: "<script>alert(1)</script>", email: "tim@example.org" },
  { p_country: "Holland", p_city: "Utrecht", p_province: "", p_code: "3511 LN" },
  { fname: "Emma", lname: "Lindgaard", email: "shared.inbox@fjordtextiles.example" },
  { fname: "Oskar", lname: "Lindgaard", email: "shared.inbox@fjordtextiles.example" },
];

/** One was deleted and one archived before anybody looked. */
function hide(clients: Clients, ids: readonly number[], at: number): void {
  clients.update(String(ids[7]), { vis_state: 1 }, at - 3 * DAY);
  clients.update(String(ids[9]), { vis_state: 2 }, at - 2 * DAY);
}

const WORK: readonly [name: string, qty: string, cost: string][] = [
  ["Design work", "7.5", "95.00"],
  ["Site visit", "2", "180.00"],
  ["Printed leaflets", "1200", "0.34"],
  ["Maintenance, monthly", "1", "249.90"],
  ["Travel", "312.4", "0.58"],
];

function makeInvoice({ invoices, clients }: Books, n: number, customer: number, at: number): void {
  const code = clients.find(String(customer))?.currency_code ?? "USD";
  const lines = WORK.slice(n % 3, (n % 3) + 1 + (n % 3)).map(([name, qty, cost], index) => ({
    type: 0,
    name,
    description: index === 0 ? "As agreed" : "",
    qty,
    unit_cost: { amount: cost, code },
    ...(n % 4 === 1 && { taxName1: "VAT", taxAmount1: "20" }),
  }));
  const invoice = invoices.create(
    {
      customerid: customer,
      create_date: easternDate(at),
      due_offset_days: [14, 30, 0, 60][n % 4],
      notes: n % 6 === 2 ? "Thank you for your business." : "",
      ...(n % 5 === 1 && { po_number: `PO-${String(4000 + n)}` }),
      ...(n % 8 === 5 && { discount_value: "10", discount_description: "Loyal customer" }),
      ...(n % 4 !== 0 && { status: 2 }),
      lines,
    },
    at,
  );
  const id = String(invoice.id);
  if (n % 4 === 2) invoices.pay(id, invoice.amount.amount, at + 9 * DAY);
  if (n % 8 === 3) invoices.pay(id, "25.00", at + 12 * DAY);
}

const TITLES = ["Website", "Spring catalogue", "Office move", "Yearly audit", "Shop fittings", "Newsletter"]; // prettier-ignore

function projectValues(n: number, client: number): Values {
  const hourly = n % 2 === 0;
  return {
    title: `${TITLES[n % TITLES.length] ?? ""} ${String(2025 + (n % 2))}${n < 12 ? "" : `, part ${String(Math.floor(n / 12) + 1)}`}`,
    description: n % 3 === 0 ? null : "Scope as in the offer.",
    client_id: n % 7 === 6 ? null : client,
    internal: n % 7 === 6,
    due_date: n % 4 === 3 ? null : `2026-${String((n % 12) + 1).padStart(2, "0")}-15`,
    project_type: hourly ? "hourly_rate" : "fixed_price",
    ...(hourly
      ? { billing_method: "project_rate", rate: "95.00" }
      : { fixed_price: `${String(1500 + n * 50)}.00` }),
    complete: n % 5 === 4,
    active: n % 9 !== 8,
  };
}
