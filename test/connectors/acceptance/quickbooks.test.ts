import { acceptance } from "./suite.ts";
import { makeOne } from "./writing.ts";
import type { Tried } from "./tool.ts";

const customer = async (tried: Tried) => ({
  customer: await makeOne({ tried, object: "customers", entity: "customer", also: {} }),
});

acceptance("quickbooks", {
  customers: {
    seed: 1100,
    edit: { CompanyName: "Changed by hand" },
    change: { field: "company_name", to: "Another firm" },
    refused: { name: "Two\twords" },
  },
  companies: {
    seed: 1100,
    known: "customers",
    edit: { Notes: "Changed by hand" },
    refused: { name: "Two\twords" },
  },
  invoices: {
    seed: 1100,
    edit: { CustomerMemo: { value: "Changed by hand" } },
    also: customer,
    refused: { number: "N".repeat(22) },
    skip: {
      archives:
        "an invoice is voided, so that its number is not missing from the books: it stays there with nothing to pay",
    },
  },
});
