import { acceptance } from "./suite.ts";
import type { Tried } from "./tool.ts";
import { makeOne } from "./writing.ts";

const whose = async (tried: Tried) => ({
  customer: await makeOne({ tried, object: "customers", entity: "customer", also: {} }),
  company: await makeOne({ tried, object: "companies", entity: "company", also: {} }),
});

acceptance("monday", {
  projects: {
    seed: 150,
    known: "boards",
    edit: { name: "Changed by hand" },
    refused: { name: "x".repeat(300) },
  },
  tasks: {
    seed: 150,
    known: "items",
    edit: { name: "Changed by hand" },
    refused: { title: "x".repeat(300) },
  },
  customers: {
    seed: 150,
    edit: { name: "Changed by hand" },
    change: { field: "company_name", to: "Changed" },
    refused: { name: "x".repeat(300) },
  },
  companies: {
    seed: 150,
    edit: { name: "Changed by hand" },
    refused: { name: "x".repeat(300) },
  },
  deals: {
    seed: 150,
    edit: { name: "Changed by hand" },
    refused: { title: "x".repeat(300) },
  },
  orders: {
    seed: 150,
    edit: { name: "Changed by hand" },
    refused: { number: "x".repeat(300) },
  },
  invoices: {
    seed: 150,
    edit: { name: "Changed by hand" },
    also: whose,
    // Whether monday refuses a text that is too long or cuts it is unverified: it is never sent.
    refused: {
      lines: Array.from({ length: 200 }, () => ({ description: "x".repeat(60), amount: "1" })),
    },
  },
  files: {
    seed: 150,
    edit: { name: "Changed by hand" },
    change: { field: "name", to: "changed.txt" },
    refused: { name: "x".repeat(300) },
  },
});
