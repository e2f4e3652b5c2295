import { acceptance } from "./suite.ts";
import { makeOne } from "./writing.ts";
import type { Tried } from "./tool.ts";

const noQuota = "FreshBooks publishes no allowance for a day or a month";
const client = async (tried: Tried) => ({
  customer: await makeOne({ tried, object: "clients", entity: "customer", also: {} }),
});

acceptance("freshbooks", {
  clients: {
    seed: 150,
    edit: { organization: "Changed by hand" },
    refused: { email: "not-an-address" },
    skip: { "parks when the quota is spent": noQuota },
  },
  companies: {
    seed: 150,
    known: "clients",
    edit: { organization: "Changed by hand" },
    refused: { name: "x".repeat(5000) },
    skip: { "parks when the quota is spent": noQuota },
  },
  invoices: {
    seed: 150,
    edit: { notes: "Changed by hand" },
    also: client,
    refused: { customer: "1" },
    skip: { "parks when the quota is spent": noQuota },
  },
  projects: {
    seed: 150,
    edit: { title: "Changed by hand" },
    also: client,
    refused: { name: "x".repeat(300) },
    skip: {
      "parks when the quota is spent": noQuota,
      "upserts twice with one result":
        "projects cannot be searched by title, and FreshBooks takes no key that makes a repetition harmless",
    },
  },
});
