import { acceptance } from "./suite.ts";

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
});
