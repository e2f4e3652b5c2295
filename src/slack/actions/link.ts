import type { Noun } from "./nouns.ts";

/** Slack reports clicks on links too; the browser has opened them already. */
export default {
  actions: [
    {
      id: "link.open",
      on: () => ({ kind: "does", run: () => Promise.resolve({ kind: "nothing" }) }),
    },
  ],
  forms: [],
} satisfies Noun;
