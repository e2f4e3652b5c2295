import { acceptance } from "./suite.ts";

const noQuota = "Asana has limits for a minute and none for a day or a month";

acceptance("asana", {
  projects: {
    seed: 150,
    // Some are archived.
    part: true,
    edit: { notes: "Changed by hand" },
    refused: { due_date: "0000-00-00" },
    skip: {
      "parks when the quota is spent": noQuota,
      "upserts twice with one result": "nothing makes a second request harmless",
    },
  },
  tasks: {
    seed: 150,
    // Some are subtasks.
    part: true,
    edit: { notes: "Changed by hand" },
    refused: { assignee_email: "nobody@elsewhere.example" },
    skip: {
      "parks when the quota is spent": noQuota,
      "upserts twice with one result": "nothing makes a second request harmless",
    },
  },
});
