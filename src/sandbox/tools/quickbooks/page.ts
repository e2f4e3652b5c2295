import type { Records } from "../records-page.ts";
import type { Books, Customer } from "./books.ts";
import type { Values } from "./customer-fields.ts";
import { Faulty } from "./errors.ts";

type Inner = Record<string, string | undefined>;

const inner = (customer: Customer, name: string): Inner => (customer[name] ?? {}) as Inner;
const text = (customer: Customer, name: string) => String((customer[name] as string | undefined) ?? ""); // prettier-ignore

/** How a person sees the customers of the simulated company. */
export const customerRecords = (books: Books): Records => ({
  tool: "QuickBooks",
  object: "customers",
  noun: "customers",
  columns: ["Name", "E-mail", "Phone", "Company", "City", "Country", "Version", "Changed"],
  rows: () =>
    [...books.all()]
      .sort((a, b) => newestFirst(a, b))
      .map((customer) => ({
        id: customer.Id,
        faded: !customer.Active,
        cells: [
          customer.DisplayName,
          inner(customer, "PrimaryEmailAddr")["Address"] ?? "",
          inner(customer, "PrimaryPhone")["FreeFormNumber"] ?? "",
          text(customer, "CompanyName"),
          inner(customer, "BillAddr")["City"] ?? "",
          inner(customer, "BillAddr")["Country"] ?? "",
          customer.SyncToken,
          customer.MetaData.LastUpdatedTime.slice(0, 16).replace("T", " "),
        ],
      })),
  fields(id) {
    const customer = books.get(id);
    if (customer === undefined) return undefined;
    const email = inner(customer, "PrimaryEmailAddr")["Address"] ?? "";
    const phone = inner(customer, "PrimaryPhone")["FreeFormNumber"] ?? "";
    return [
      { name: "DisplayName", label: "Display name", value: customer.DisplayName },
      { name: "CompanyName", label: "Company", value: text(customer, "CompanyName") },
      { name: "email", label: "E-mail", value: email },
      { name: "phone", label: "Phone", value: phone },
    ];
  },
  save(id, { email = "", phone = "", ...names }) {
    const PrimaryEmailAddr = { Address: email };
    editCustomer(books, id, {
      ...names,
      PrimaryEmailAddr,
      PrimaryPhone: { FreeFormNumber: phone },
    });
  },
  reason: (refusal) =>
    refusal instanceof Faulty
      ? refusal.fault.Error.map(({ Detail }) => Detail).join(" ")
      : refusal.message,
});

const newestFirst = (a: Customer, b: Customer) =>
  Date.parse(b.MetaData.LastUpdatedTime) - Date.parse(a.MetaData.LastUpdatedTime) ||
  Number(b.Id) - Number(a.Id);

/** What a person's edit does: a sparse update of whatever version there is, or a new customer. */
export function editCustomer(books: Books, id: string | null, set: Values): Customer {
  if (id === null) return books.create(set);
  const SyncToken = books.get(id)?.SyncToken ?? "";
  return books.update({ ...set, Id: id, SyncToken, sparse: true });
}
