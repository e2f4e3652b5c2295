import { acceptance } from "./suite.ts";

acceptance(
  "mailchimp",
  {
    members: {
      seed: 600,
      edit: { LNAME: "By hand" },
      refused: { email: "asdf@asdf.com" },
      skip: {
        "parks when the quota is spent": "Mailchimp has no allowance for a day or a month",
      },
    },
  },
  {
    skip: {
      "401 with refresh":
        "A token of Mailchimp's lasts until it is taken away, and there is no other",
      "scopes minimal": "Mailchimp knows no scopes; whoever is let in may do what the person may",
    },
  },
);
