import { acceptance } from "./suite.ts";

acceptance("hubspot", {
  contacts: {
    seed: 150,
    edit: { company: "Changed by hand" },
    change: { field: "company_name", to: "Another firm" },
    refused: { email: "not-an-address" },
  },
});
