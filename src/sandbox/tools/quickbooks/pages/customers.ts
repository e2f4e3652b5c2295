import type { Records } from "../../records-page.ts";
import type { Company } from "../company/company.ts";
import { editCustomer } from "../edit.ts";
import { changed, inner, newestFirst, reason, text } from "./cells.ts";

/** How a person sees the customers of the simulated company. */
export const customersPage = (company: Company): Records => ({
  tool: "QuickBooks",
  object: "customers",
  noun: "customers",
  columns: ["Name", "E-mail", "Phone", "Company", "City", "Country", "Owes", "Version", "Changed"],
  rows: () =>
    newestFirst(company.customers.all()).map((customer) => ({
      id: customer.Id,
      faded: !customer.Active,
      cells: [
        customer.DisplayName,
        inner(customer, "PrimaryEmailAddr", "Address"),
        inner(customer, "PrimaryPhone", "FreeFormNumber"),
        text(customer, "CompanyName"),
        inner(customer, "BillAddr", "City"),
        inner(customer, "BillAddr", "Country"),
        text(customer, "Balance"),
        customer.SyncToken,
        changed(customer),
      ],
    })),
  fields(id) {
    const customer = company.customers.get(id);
    if (customer === undefined) return undefined;
    const email = inner(customer, "PrimaryEmailAddr", "Address");
    const phone = inner(customer, "PrimaryPhone", "FreeFormNumber");
    return [
      { name: "DisplayName", label: "Display name", value: customer.DisplayName },
      { name: "CompanyName", label: "Company", value: text(customer, "CompanyName") },
      { name: "email", label: "E-mail", value: email },
      { name: "phone", label: "Phone", value: phone },
    ];
  },
  save(id, { email = "", phone = "", ...names }) {
    editCustomer(company, id, {
      ...names,
      PrimaryEmailAddr: { Address: email },
      PrimaryPhone: { FreeFormNumber: phone },
    });
  },
  reason,
});
