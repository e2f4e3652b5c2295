import { acceptance } from "./suite.ts";

acceptance("mailchimp", {
  members: {
    seed: 600,
    edit: { LNAME: "By hand" },
    refused: { email: "asdf@asdf.com" },
    skip: {
      "parks when the quota is spent": "Mailchimp has no allowance for a day or a month",
    },
  },
});
