import { acceptance } from "./suite.ts";
import { makeOne } from "./writing.ts";
import type { Tried } from "./tool.ts";

const firm = async (tried: Tried) => ({
  company: await makeOne({ tried, object: "companies", entity: "company", also: {} }),
});
const both = async (tried: Tried) => ({
  ...(await firm(tried)),
  customer: await makeOne({ tried, object: "contacts", entity: "customer", also: {} }),
});

acceptance("hubspot", {
  contacts: {
    seed: 150,
    edit: { company: "Changed by hand" },
    also: firm,
    change: { field: "company_name", to: "Another firm" },
    refused: { email: "not-an-address" },
  },
  companies: {
    seed: 150,
    edit: { description: "Changed by hand" },
    refused: { employees: "1e999" },
  },
  deals: {
    seed: 150,
    edit: { dealname: "Changed by hand" },
    also: both,
    refused: { currency: "ISK" },
  },
  orders: {
    seed: 150,
    edit: { hs_order_note: "Changed by hand" },
    also: both,
    refused: { currency: "ISK" },
  },
});
