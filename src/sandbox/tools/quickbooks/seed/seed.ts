import type { Collection } from "../../../collection.ts";
import type { Company } from "../company/company.ts";
import { madeUp, seedCustomers } from "./customers.ts";
import { invoicesFor, invoiceValues, seedInvoices } from "./invoices.ts";
import { seedItems } from "./items.ts";

/** How many customers were made up so far; whether there are invoices and items yet. */
export type MadeUp = Collection<number>;

/** Fills what was never filled before. */
export function seedCompany(company: Company, made: MadeUp, count: number, flawed: boolean): void {
  if (made.get("count") === undefined) {
    seedCustomers(company.customers, count);
    made.set("count", count);
  }
  if (made.get("items") === undefined) {
    seedItems(company.items);
    made.set("items", company.items.size);
  }
  if (made.get("invoices") === undefined) {
    const invoices = invoicesFor(count);
    seedInvoices(company, invoices, flawed);
    made.set("invoices", invoices);
  }
}

/** Further made-up customers, or invoices of those there are; tells how many there are now. */
export function addMadeUp(company: Company, made: MadeUp, object: string, count: number): number {
  const { customers, invoices } = company;
  if (object === "customers") {
    const from = made.get("count") ?? 0;
    for (let n = from; n < from + count; n += 1) customers.create(madeUp(n));
    made.set("count", from + count);
    return customers.size;
  }
  if (object === "invoices") {
    const from = made.get("invoices") ?? 0;
    const active = [...customers.all()].filter(({ Active }) => Active);
    if (active.length === 0) throw new Error("An invoice needs a customer, and there is none.");
    for (let n = from; n < from + count; n += 1) {
      invoices.create(invoiceValues(n, active[n % active.length]?.Id ?? "", Date.now()));
    }
    made.set("invoices", from + count);
    return invoices.size;
  }
  throw new Error(`There is no "${object}" to make up; there are customers, invoices.`);
}
