import { flaws } from "../flaws.ts";
import type { Base } from "./base.ts";
import type { Draft } from "./draft.ts";
import type { Values } from "./made-up.ts";
import { fieldOf } from "./schema.ts";

const FIELDS: Record<string, string> = { firstname: "First name", lastname: "Last name", email: "Email", phone: "Phone", address: "Street", city: "City", state: "Region", zip: "Postcode", country: "Country" }; // prettier-ignore

/** The flawed people that other tools have too, as customers: Airtable lets every one of them in. */
export const flawedCustomer: Values[] = flaws.map(({ properties }) => ({
  Name: `${properties["firstname"] ?? ""} ${properties["lastname"] ?? ""}`,
  ...Object.fromEntries(
    Object.entries(properties).flatMap(([name, value]) => {
      const field = FIELDS[name];
      return field === undefined ? [] : [[field, value]];
    }),
  ),
}));

/** What else goes wrong in a base that people fill by hand. */
const spoiled: [table: string, row: number, field: string, value: string | number | null][] = [
  // An upsert by External Id finds two and fails.
  ["Customers", 40, "External Id", "crm-1042"],
  ["Customers", 44, "External Id", "crm-1042"],
  ["Orders", 7, "Customer", null],
  ["Invoices", 9, "Lines", "see the attached sheet"],
  ["Deals", 11, "Amount", -450],
  ["Deals", 12, "Close date", null],
  ["Companies", 5, "Website", "not yet"],
  ["Tasks", 8, "Assignee email", "whoever is free"],
];

export function spoil(base: Base, draft: Draft): void {
  for (const [name, at, fieldName, value] of spoiled) {
    const table = base.schema.table(name);
    const row = table && [...base.rows(table)][at];
    const field = table && fieldOf(table, fieldName);
    if (row !== undefined && field !== undefined) draft.set(row.id, field, value);
  }
}
