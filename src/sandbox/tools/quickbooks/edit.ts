import type { Company } from "./company/company.ts";
import type { Customer } from "./company/customers.ts";
import type { Invoice } from "./company/invoices.ts";
import type { Item } from "./company/items.ts";
import { objectNotFound } from "./errors.ts";
import type { Values } from "./fields/values.ts";

export type EditedObject = "customers" | "invoices" | "items";
const OBJECTS: readonly EditedObject[] = ["customers", "invoices", "items"];

/** What a person does in QuickBooks itself, whatever version of the record there is. */
export function edit(
  company: Company,
  object: string | null,
  id: string | null,
  set: Values,
): Customer | Invoice | Item {
  const known = OBJECTS.find((name) => name === (object ?? "customers"));
  switch (known) {
    case "customers":
      return editCustomer(company, id, set);
    case "invoices":
      return editInvoice(company, id, set);
    case "items":
      return company.items.edit(found(company.items.get(id ?? "")), set);
    case undefined:
      throw new Error(`There is no "${object ?? ""}" here; there are ${OBJECTS.join(", ")}.`);
    default:
      return known satisfies never;
  }
}

/** `merge_into` an id makes one customer of two. */
export function editCustomer(
  { customers, invoices }: Company,
  id: string | null,
  { merge_into, ...set }: Values,
): Customer {
  if (id === null) return customers.create(set);
  const customer = customers.get(id);
  if (typeof merge_into === "string") {
    const loser = found(customer);
    const winner = customers.merge(loser, found(customers.get(merge_into)));
    invoices.reassign(loser, winner);
    return found(customers.get(winner.Id));
  }
  return customers.update({ ...set, Id: id, SyncToken: customer?.SyncToken ?? "", sparse: true });
}

/** `paid` is money that came in, `operation` "void" or "delete" what ends an invoice. */
export function editInvoice(
  { invoices }: Company,
  id: string | null,
  { paid, operation, ...set }: Values,
): Invoice {
  if (id === null) return invoices.create(set);
  const invoice = found(invoices.get(id));
  const version = { Id: id, SyncToken: invoice.SyncToken };
  if (typeof paid === "number") return invoices.pay(invoice, paid);
  if (operation === "void" || operation === "delete") {
    invoices.write(operation, version, { allowDuplicateNumber: true, unseen: new Set() });
    return invoices.get(id) ?? invoice;
  }
  return invoices.update({ ...set, ...version, sparse: true });
}

function found<Record>(record: Record | undefined): Record {
  if (record === undefined) throw objectNotFound();
  return record;
}
