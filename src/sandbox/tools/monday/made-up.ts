import { person } from "../people.ts";
import { errand } from "../work.ts";
import { users } from "./account.ts";
import { columnOf } from "./boards.ts";
import type { NewItem } from "./items.ts";
import type { Column, Group, Label } from "./model.ts";

export const owner = (n: number): string => users[n % users.length]?.id ?? "";

const PROGRESS: Label[] = [
  { id: 0, name: "Working on it", color: "#fdab3d", done: false },
  { id: 1, name: "Done", color: "#00c875", done: true },
  { id: 2, name: "Stuck", color: "#df2f4a", done: false },
  { id: 3, name: "Not started", color: "#c4c4c4", done: false },
];
const AREAS: Label[] = ["Sales", "Workshop", "Office"].map((name, n) => ({ id: n + 1, name, color: "#9aadbd", done: false })); // prettier-ignore
export const GROUPS: Group[] = [
  { id: "topics", title: "To do", color: "#579bfc" },
  { id: "group_later", title: "Later", color: "#a25ddc" },
];

/** What the board of customers has; they work for companies on another board. */
export const customerColumns = (companies: string): Column[] => [
  columnOf("name", "Name", "name"),
  columnOf("first_name", "First name", "text"),
  columnOf("last_name", "Last name", "text"),
  { ...columnOf("account", "Works for", "board_relation"), boards: [companies] },
  columnOf("email", "E-mail", "email"),
  columnOf("phone", "Phone", "phone"),
  columnOf("company", "Company", "text"),
  columnOf("city", "City", "text"),
  columnOf("country", "Country", "text"),
  columnOf("website", "Website", "link"),
  columnOf("hub_id", "Hub id", "text"),
  columnOf("last_updated", "Last updated", "last_updated"),
];

/** `tail` makes the ids a board's own; a board with customers can show theirs. */
export function taskColumns(tail: string, customers: string | null): Column[] {
  const column = (id: string, title: string, type: string) => columnOf(id + tail, title, type);
  return [
    columnOf("name", "Name", "name"),
    column("person", "Person", "people"),
    { ...column("status", "Status", "status"), labels: structuredClone(PROGRESS) },
    column("date4", "Due", "date"),
    column("notes", "Notes", "long_text"),
    column("numbers", "Estimated hours", "numbers"),
    ...(customers === null
      ? []
      : [
          column("text", "Hub id", "text"),
          column("check", "Customer waits", "checkbox"),
          { ...column("areas", "Areas", "dropdown"), labels: structuredClone(AREAS) },
          column("email", "E-mail", "email"),
          column("phone", "Phone", "phone"),
          column("link", "Link", "link"),
          { ...column("connect_boards", "Customer", "board_relation"), boards: [customers] },
          { ...column("mirror", "Customer's e-mail", "mirror"), through: "connect_boards", mirrored: ["email"] }, // prettier-ignore
          column("last_updated", "Last updated", "last_updated"),
        ]),
  ];
}

/** The n-th made-up task, with nothing wrong. */
export function taskOf(n: number, tail: string): NewItem {
  const { title, notes, due, stage, customer } = errand(n);
  const index = { open: 3, started: 0, done: 1 }[stage];
  const values: Record<string, unknown> = {
    [`person${tail}`]: { personsAndTeams: [{ id: Number(owner(n)), kind: "person" }] },
    [`status${tail}`]: { index },
    [`date4${tail}`]: due === null ? null : { date: due },
    [`notes${tail}`]: { text: notes },
    [`numbers${tail}`]: String(0.5 + (n % 12)),
  };
  const more = { email: { email: customer.email, text: customer.email }, check: n % 5 === 0 ? { checked: "true" } : null, areas: { ids: [1 + (n % 3)] } }; // prettier-ignore
  return {
    name: title,
    group: n % 6 === 5 ? "group_later" : "topics",
    values: tail === "" ? { ...values, ...more } : values,
    addLabels: false,
  };
}

/** The n-th made-up customer, who works for the company that is this item, if there is one. */
export function customerOf(n: number, account: string | null): NewItem {
  const one = person(n);
  const number = one.phone ?? one.mobile;
  return {
    name: `${one.first} ${one.last}`,
    group: null,
    values: {
      first_name: one.first,
      last_name: one.last,
      ...(account !== null && { account: { item_ids: [account] } }),
      email: { email: one.email, text: one.email },
      phone: number === null ? null : { phone: number.replaceAll(/[^+\d]/g, ""), countryShortName: COUNTRIES[one.country] ?? "US" }, // prettier-ignore
      company: one.company,
      city: one.city,
      country: one.country,
      website: one.website === null ? null : { url: one.website, text: one.company },
    },
    addLabels: false,
  };
}

const COUNTRIES: Record<string, string> = { "United States": "US", "United Kingdom": "GB", Germany: "DE", France: "FR", Spain: "ES", Italy: "IT", Sweden: "SE", Poland: "PL", Japan: "JP", India: "IN", Brazil: "BR", Kenya: "KE" }; // prettier-ignore
