import { acceptance } from "./suite.ts";

acceptance("quickbooks", {
  customers: {
    seed: 1100,
    edit: { CompanyName: "Changed by hand" },
    change: { field: "company_name", to: "Another firm" },
    refused: { name: "Two\twords" },
  },
});
