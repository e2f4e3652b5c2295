import { acceptance } from "./suite.ts";
import { makeOne } from "./writing.ts";
import type { Tried } from "./tool.ts";

const noQuota = {
  "parks when the quota is spent":
    "ActiveCampaign counts by the second alone; there is no allowance for a day or a month",
};
const firm = async (tried: Tried) => ({
  company: await makeOne({ tried, object: "accounts", entity: "company", also: {} }),
});
const both = async (tried: Tried) => ({
  ...(await firm(tried)),
  customer: await makeOne({ tried, object: "contacts", entity: "customer", also: {} }),
});

acceptance(
  "activecampaign",
  {
    contacts: {
      seed: 150,
      edit: { lastName: "Changed by hand" },
      also: firm,
      refused: { email: "sample@nowhere.x1" },
      skip: noQuota,
    },
    accounts: {
      seed: 150,
      edit: { accountUrl: "https://changed.example" },
      // What the one before it is called.
      refused: { name: "Nguyễn Thị Ánh P-9" },
      skip: noQuota,
    },
    deals: {
      seed: 150,
      edit: { title: "Changed by hand" },
      also: both,
      refused: { amount: "-1" },
      skip: noQuota,
    },
  },
  {
    revoked: "not_permitted",
    skip: {
      "401 with refresh": "A key of ActiveCampaign's lasts until somebody makes another",
      "scopes minimal": "A key has no scopes; it may do what its user's group may",
    },
  },
);
