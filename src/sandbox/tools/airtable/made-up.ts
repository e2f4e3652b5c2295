import { person } from "../people.ts";
import { collaborators } from "./collaborators.ts";

/** Values by field name; names of records elsewhere stand for links. */
export type Values = Record<string, unknown>;

const CURRENCIES: Record<string, string> = { "United States": "USD", "United Kingdom": "GBP", Sweden: "SEK", Poland: "PLN", Japan: "JPY" }; // prettier-ignore
const INDUSTRIES = ["Food", "Logistics", "Health", "Crafts", "Services", "Retail"];
const THINGS = ["Website", "Packaging", "Delivery routes", "Stock system", "Spring catalogue", "Office move", "Loyalty cards", "Till software"]; // prettier-ignore
const STEPS = ["Agree on the scope", "Collect the texts", "Send the draft", "Order samples", "Train the team", "Check the invoice"]; // prettier-ignore

const pick = <Item>(items: readonly Item[], n: number): Item => items[n % items.length] as Item;
const day = (n: number, plus = 0) =>
  new Date(Date.parse("2026-01-05") + (((n * 7) % 330) + plus) * 86_400_000).toISOString().slice(0, 10); // prettier-ignore
const money = (n: number) => 120 + ((n * 7919) % 9000) + ((n * 37) % 100) / 100;
const nameOf = (n: number) => `${person(n).first} ${person(n).last}`;
const number = (prefix: string, n: number) => `${prefix}-${String(1001 + n)}`;
const currencyOf = (n: number) => CURRENCIES[person(n).country] ?? "EUR";

/** The n-th made-up record of each table, from 0, clean and always the same. */
export const madeUp: Record<string, (n: number) => Values> = {
  Companies(n) {
    const founder = founderOf(n);
    const one = person(founder);
    const domain = one.email.split("@")[1] ?? "";
    return {
      Name: one.company,
      Domain: domain,
      Website: one.website,
      Phone: one.phone,
      Email: `office@${domain}`,
      ...addressOf(founder),
      Industry: pick(INDUSTRIES, n),
      Employees: 3 + ((n * 17) % 240),
      Currency: currencyOf(founder),
    };
  },
  Customers(n) {
    const one = person(n);
    return {
      Name: nameOf(n),
      "First name": one.first,
      "Last name": one.last,
      "Company name": one.company,
      Email: one.email,
      Phone: one.phone,
      Mobile: one.mobile,
      Website: one.website,
      ...addressOf(n),
      Currency: currencyOf(n),
      Language: one.language,
      Subscription: pick(["Subscribed", "Never asked", "Subscribed", "Unsubscribed"], n),
      Tags: n % 5 === 0 ? ["VIP", "Newsletter"] : [],
      Active: n % 7 !== 6,
      Notes: n % 6 === 0 ? `${one.title}. Prefers to be called in the morning.` : null,
      Company: [one.company],
    };
  },
  Deals: (n) => ({
    Title: `${pick(THINGS, n)} for ${person(n).company}`,
    Amount: money(n),
    Currency: currencyOf(n),
    Stage: pick(["Open", "Open", "Won", "Lost"], n),
    "Pipeline stage": pick(["Lead", "Qualified", "Closed", "Closed"], n),
    "Close date": day(n, 30),
    Owner: { id: [...collaborators.keys()][n % collaborators.size] },
    Customer: [nameOf(n)],
    Company: [person(n).company],
  }),
  Orders: (n) => ({
    Number: number("SO", n),
    Status: pick(["Open", "Fulfilled", "Fulfilled", "Draft", "Cancelled"], n),
    Date: day(n),
    Total: money(n),
    Currency: currencyOf(n),
    Customer: [nameOf(n)],
    Company: [person(n).company],
  }),
  Invoices(n) {
    const quantity = 1 + (n % 4);
    const unit_price = money(n);
    const total = Math.round(quantity * unit_price * 100) / 100;
    const lines = [{ description: pick(THINGS, n), quantity, unit_price, amount: total }];
    const status = pick(["Open", "Paid", "Draft", "Paid"], n);
    return {
      Number: number("INV", n),
      Date: day(n),
      "Due date": day(n, 30),
      Currency: currencyOf(n),
      Status: status,
      Total: total,
      Balance: status === "Paid" ? 0 : total,
      Lines: JSON.stringify(lines),
      Customer: [nameOf(n)],
      Company: [person(n).company],
    };
  },
  Projects: (n) => ({
    Name: `${pick(THINGS, n)} ${String(1 + Math.floor(n / THINGS.length))}`,
    Description: `What ${person(n).company} asked for.\nWritten down after the first call.`,
    Status: pick(["Open", "Open", "On hold", "Done"], n),
    "Start date": day(n),
    "Due date": day(n, 60),
    Customer: [nameOf(n)],
    Company: [person(n).company],
  }),
  Tasks(n) {
    const isDone = n % 3 === 0;
    return {
      Title: `${pick(STEPS, n)} (${String(n + 1)})`,
      Notes: n % 4 === 0 ? "See the thread of Monday." : null,
      Status: isDone ? "Done" : "Open",
      Done: isDone,
      "Due date": day(n, 14),
      "Assignee email": [...collaborators.values()][n % collaborators.size]?.email,
      Project: [`${pick(THINGS, n)} 1`],
    };
  },
  Files(n) {
    const isFolder = n % 8 === 0;
    const name = isFolder ? pick(THINGS, n / 8) : `${pick(STEPS, n)} ${String(n)}.pdf`;
    return {
      Name: name,
      Path: isFolder ? `/${name}` : `/${pick(THINGS, Math.floor(n / 8))}/${name}`,
      Kind: isFolder ? "Folder" : "File",
      Size: isFolder ? null : 2048 + n * 1531,
      "Mime type": isFolder ? null : "application/pdf",
      "Modified at": `${day(n)}T12:00:00.000Z`,
      Project: [`${pick(THINGS, Math.floor(n / 8))} 1`],
    };
  },
};

function addressOf(n: number): Values {
  const { street, city, region, postalCode, country } = person(n);
  return { Street: street, City: city, Region: region, Postcode: postalCode, Country: country };
}

const founders: number[] = [];
const NAMES = 224;

/** The first person of the n-th company; once all names are taken, people who share one. */
function founderOf(n: number): number {
  const known = new Set(founders.map((founder) => person(founder).company));
  for (let next = (founders.at(-1) ?? -1) + 1; founders.length <= n; next += 1) {
    const { company } = person(next);
    if (known.has(company) && known.size < NAMES) continue;
    known.add(company);
    founders.push(next);
  }
  return founders[n] ?? n;
}
