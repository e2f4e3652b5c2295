import { sharedEmail, sharedName } from "../../flaws.ts";
import { person } from "../../people.ts";
import type { Customers } from "../company/customers.ts";
import type { Values } from "../fields/values.ts";

const company = (DisplayName: string, email: string, city: string): Values => ({
  DisplayName,
  CompanyName: DisplayName,
  PrimaryEmailAddr: { Address: email },
  BillAddr: { Line1: "1 Market Street", City: city, Country: "USA" },
});

/**
 * Whom the company had before anything was synchronised. One has the name of a HubSpot contact and
 * another e-mail, one has the e-mail of a HubSpot contact and another name.
 */
const own: Values[] = [
  company("Alder & Finch Architects", "office@alderfinch.example", "Seattle"),
  company(sharedEmail.displayName, sharedEmail.properties.email, "Tacoma"),
  {
    DisplayName: `${sharedName.first} ${sharedName.last}`,
    GivenName: sharedName.first,
    FamilyName: sharedName.last,
    CompanyName: "Okafor Plumbing",
    PrimaryEmailAddr: { Address: "accounts@okaforplumbing.example" },
    PrimaryPhone: { FreeFormNumber: "(206) 555-0142" },
  },
  company("Pike Place Flowers", "hello@pikeflowers.example", "Seattle"),
  company("King's Groceries", "orders@kingsgroceries.example", "Bellevue"),
  company("Cascade Cycle Works", "shop@cascadecycles.example", "Spokane"),
  company("Olympia Dental Group", "billing@olympiadental.example", "Olympia"),
];

const FIRST = Date.parse("2025-02-03T17:05:00Z");
const EVERY = 11 * 86_400_000;

export const OWN = own.length;

/** The company's own customers on its first start; beyond seven they are made-up people. */
export function seedCustomers(customers: Customers, count: number): void {
  for (let n = 0; n < count; n += 1) customers.create(own[n] ?? madeUp(n), FIRST + n * EVERY);
}

/** A made-up person as a customer; none of the simulated contacts is among them. */
export function madeUp(n: number): Values {
  const one = person(1_000_000 + n);
  return {
    GivenName: one.first,
    FamilyName: one.last,
    CompanyName: one.company,
    PrimaryEmailAddr: { Address: one.email },
    BillAddr: { Line1: one.street, City: one.city, PostalCode: one.postalCode, Country: one.country }, // prettier-ignore
    ...(one.phone !== null && { PrimaryPhone: { FreeFormNumber: one.phone } }),
  };
}
