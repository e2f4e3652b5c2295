import type { Records } from "../../records-page.ts";
import type { Company } from "../company/company.ts";
import { editInvoice } from "../edit.ts";
import { changed, inner, newestFirst, reason, text } from "./cells.ts";

/** How a person sees the invoices of the simulated company. */
export const invoicesPage = (company: Company): Records => ({
  tool: "QuickBooks",
  object: "invoices",
  noun: "invoices",
  columns: ["Number", "Customer", "Date", "Due", "Total", "Open", "Currency", "Version", "Changed"],
  rows: () =>
    newestFirst(company.invoices.all()).map((invoice) => ({
      id: invoice.Id,
      faded: invoice.TotalAmt === 0,
      cells: [
        text(invoice, "DocNumber"),
        inner(invoice, "CustomerRef", "name"),
        invoice.TxnDate,
        text(invoice, "DueDate"),
        text(invoice, "TotalAmt"),
        text(invoice, "Balance"),
        inner(invoice, "CurrencyRef", "value"),
        invoice.SyncToken,
        changed(invoice),
      ],
    })),
  fields(id) {
    const invoice = company.invoices.get(id);
    if (invoice === undefined) return undefined;
    return [
      { name: "DocNumber", label: "Number", value: text(invoice, "DocNumber") },
      { name: "DueDate", label: "Due", value: text(invoice, "DueDate") },
      { name: "PrivateNote", label: "Note", value: text(invoice, "PrivateNote") },
    ];
  },
  save: (id, values) => void editInvoice(company, id, values),
  reason,
});
