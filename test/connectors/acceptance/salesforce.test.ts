import { acceptance } from "./suite.ts";
import { makeOne } from "./writing.ts";
import type { Tried } from "./tool.ts";

const waiting = {
  "waits when asked to":
    "Salesforce knows no short limit: over the daily allowance it says so, and not when to come back",
};
const firm = async (tried: Tried) => ({
  company: await makeOne({ tried, object: "accounts", entity: "company", also: {} }),
});
const both = async (tried: Tried) => ({
  ...(await firm(tried)),
  customer: await makeOne({ tried, object: "contacts", entity: "customer", also: {} }),
});

acceptance("salesforce", {
  contacts: {
    seed: 1000,
    known: "Contact",
    edit: { LastName: "Changed by hand" },
    also: firm,
    refused: { last_name: "x".repeat(81) },
    skip: waiting,
  },
  accounts: {
    seed: 1000,
    known: "Account",
    edit: { Description: "Changed by hand" },
    refused: { name: "x".repeat(256) },
    skip: waiting,
  },
  opportunities: {
    seed: 1000,
    known: "Opportunity",
    edit: { NextStep: "Changed by hand" },
    also: both,
    refused: { amount: "-1" },
    skip: waiting,
  },
  orders: {
    seed: 1000,
    known: "Order",
    edit: { Description: "Changed by hand" },
    also: both,
    refused: { number: "x".repeat(81) },
    skip: waiting,
  },
});
