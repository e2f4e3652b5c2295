import { acceptance } from "./suite.ts";
import { makeOne } from "./writing.ts";
import type { Tried } from "./tool.ts";

const customer = async (tried: Tried) => ({
  customer: await makeOne({ tried, object: "customers", entity: "customer", also: {} }),
});
const company = async (tried: Tried) => ({
  company: await makeOne({ tried, object: "companies", entity: "company", also: {} }),
});
const both = async (tried: Tried) => ({ ...(await customer(tried)), ...(await company(tried)) });
const project = async (tried: Tried) => ({
  project: await makeOne({ tried, object: "projects", entity: "project", also: {} }),
});
const seed = 250;
const noSuchOption = { currency: "CHF" };
/** No field of Airtable's holds more than 100,000 characters. */
const tooLong = "x".repeat(100_001);

acceptance("airtable", {
  customers: { seed, edit: { Notes: "By hand" }, also: company, refused: noSuchOption },
  companies: { seed, edit: { Notes: "By hand" }, refused: noSuchOption },
  deals: { seed, edit: { Stage: "Won" }, also: both, refused: { customer: "recNobody00000000" } },
  orders: { seed, edit: { Notes: "By hand" }, also: both, refused: noSuchOption },
  invoices: { seed, edit: { Notes: "By hand" }, also: both, refused: noSuchOption },
  projects: { seed, edit: { Description: "By hand" }, also: both, refused: { notes: tooLong } },
  tasks: { seed, edit: { Title: "By hand" }, also: project, refused: { notes: tooLong } },
  files: {
    seed,
    edit: { Size: 7 },
    change: { field: "name", to: "changed.txt" },
    refused: { name: tooLong },
  },
});
