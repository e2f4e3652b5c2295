import { company } from "../companies.ts";
import { undertaking } from "../work.ts";
import { columnOf } from "./boards.ts";
import type { NewItem } from "./items.ts";
import type { Column, Label } from "./model.ts";

/** Stages of a board of deals (as monday words them is unverified). */
const STAGES = labels("New", "Negotiation", "Won", "Lost");
const PROGRESS = labels("Draft", "Open", "Fulfilled", "Cancelled");
const MONEY: Record<string, string> = { Germany: "EUR", France: "EUR", Spain: "EUR", Italy: "EUR", "United Kingdom": "GBP", Sweden: "SEK", Japan: "JPY" }; // prettier-ignore

export function labels(...names: string[]): Label[] {
  return names.map((name, id) => ({ id, name, color: "#9aadbd", done: ["Won", "Fulfilled", "Paid"].includes(name) })); // prettier-ignore
}

export const relation = (id: string, title: string, board: string): Column => ({
  ...columnOf(id, title, "board_relation"),
  boards: [board],
});

/** What the board of companies has. */
export const companyColumns = (): Column[] => [
  columnOf("name", "Name", "name"),
  columnOf("domain", "Domain", "text"),
  columnOf("website", "Website", "link"),
  columnOf("email", "E-mail", "email"),
  columnOf("phone", "Phone", "phone"),
  columnOf("street", "Street", "text"),
  columnOf("city", "City", "text"),
  columnOf("region", "Region", "text"),
  columnOf("postcode", "Postcode", "text"),
  columnOf("country", "Country", "text"),
  columnOf("industry", "Industry", "text"),
  columnOf("employees", "Employees", "numbers"),
  columnOf("currency", "Currency", "text"),
  columnOf("notes", "Notes", "long_text"),
];

/** What the board of deals has; customers and companies are items of boards of their own. */
export const dealColumns = (customers: string, companies: string): Column[] => [
  columnOf("name", "Name", "name"),
  columnOf("amount", "Amount", "numbers"),
  columnOf("currency", "Currency", "text"),
  { ...columnOf("stage", "Stage", "status"), labels: structuredClone(STAGES) },
  columnOf("close_date", "Close date", "date"),
  columnOf("notes", "Notes", "long_text"),
  relation("customer", "Customer", customers),
  relation("company", "Company", companies),
];

/** What the board of orders has. */
export const orderColumns = (customers: string, companies: string): Column[] => [
  columnOf("name", "Number", "name"),
  { ...columnOf("progress", "Progress", "status"), labels: structuredClone(PROGRESS) },
  columnOf("date", "Ordered", "date"),
  columnOf("total", "Total", "numbers"),
  columnOf("currency", "Currency", "text"),
  columnOf("notes", "Notes", "long_text"),
  relation("customer", "Customer", customers),
  relation("company", "Company", companies),
];

export const currencyOf = (country: string): string => MONEY[country] ?? "USD";

const item = (name: string, values: NewItem["values"]): NewItem => ({
  name,
  group: null,
  values,
  addLabels: false,
});

/** The n-th made-up company. */
export function companyOf(n: number): NewItem {
  const { name, domain, website, trade, employees, first } = company(n);
  return item(name, {
    domain,
    website: { url: website, text: name },
    email: { email: `office@${domain}`, text: `office@${domain}` },
    street: first.street,
    city: first.city,
    region: first.region,
    postcode: first.postalCode,
    country: first.country,
    industry: trade,
    employees: String(employees),
    currency: currencyOf(first.country),
  });
}

export const linkedTo = (customer: string | null, firm: string | null): NewItem["values"] => ({
  ...(customer !== null && { customer: { item_ids: [customer] } }),
  ...(firm !== null && { company: { item_ids: [firm] } }),
});

/** The n-th made-up deal, with the items it points to. */
export function dealOf(n: number, person: string | null, firm: string | null): NewItem {
  const { name, about, due, customer } = undertaking(n);
  return item(name, {
    amount: n % 11 === 7 ? null : String((25_000 + ((n * 13_750) % 900_000)) / 100),
    currency: currencyOf(customer.country),
    stage: { index: n % STAGES.length },
    close_date: { date: due },
    notes: { text: about },
    ...linkedTo(person, firm),
  });
}

/** The n-th made-up order, with the items it points to. */
export function orderOf(n: number, person: string | null, firm: string | null): NewItem {
  const { start, customer } = undertaking(n);
  return item(`SHOP-${String(880_001 + n)}`, {
    progress: { index: n % PROGRESS.length },
    date: { date: start },
    total: String((1_900 + ((n * 3_310) % 48_000)) / 100),
    currency: currencyOf(customer.country),
    ...linkedTo(person, firm),
  });
}
