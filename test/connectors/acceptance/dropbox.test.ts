import { acceptance } from "./suite.ts";

acceptance("dropbox", {
  files: {
    seed: 1000,
    edit: { name: "Changed by hand" },
    there: ({ tool }) => Promise.resolve(tool.stats().records),
    change: { field: "path", to: "/Elsewhere/changed.txt" },
    // Files of this name are every system's own.
    refused: { path: "/Samples P/.DS_Store" },
    skip: {
      "parks when the quota is spent": "Dropbox has no allowance for a day or a month",
    },
  },
});
