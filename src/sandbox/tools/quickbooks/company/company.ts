import type { Shelf } from "../../../collection.ts";
import type { Values } from "../fields/values.ts";
import { type Customers, openCustomers } from "./customers.ts";
import type { Entity, Happening } from "./entity.ts";
import { type Invoices, openInvoices } from "./invoices.ts";
import { type Items, openItems } from "./items.ts";

export type Company = {
  info: Values;
  customers: Customers;
  invoices: Invoices;
  items: Items;
  /** All of them, as queries, changes and batches see them. */
  entities: readonly Entity[];
};

const info: Values = {
  CompanyName: "Simulated Trading Company",
  LegalName: "Simulated Trading Company",
  CompanyAddr: { Id: "1", Line1: "100 Example Way", City: "Seattle", CountrySubDivisionCode: "WA", PostalCode: "98101", Country: "US" }, // prettier-ignore
  Email: { Address: "books@example.com" },
  Country: "US",
  FiscalYearStartMonth: "January",
  SupportedLanguages: "en",
  DefaultTimeZone: "America/Los_Angeles",
  domain: "QBO",
  sparse: false,
  Id: "1",
  SyncToken: "4",
  MetaData: { CreateTime: "2025-01-06T08:00:00-08:00", LastUpdatedTime: "2025-01-06T08:30:00-08:00" }, // prettier-ignore
};

/** Everything in the books of the simulated company. `heard` is told of each change. */
export function openCompany(shelf: Shelf, heard: (happening: Happening) => void): Company {
  const customers = openCustomers(shelf, heard);
  const items = openItems(shelf, heard);
  const invoices = openInvoices(shelf, { customers, items }, heard);
  return { info, customers, items, invoices, entities: [customers, invoices, items] };
}
