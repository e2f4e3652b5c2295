import { exit } from "../cli.ts";
import { verb } from "../verb.ts";

export const docs = verb({
  kind: "operation",
  name: "docs",
  words: "[FLOW]",
  least: 0,
  most: 1,
  about: "Prints the runbook of a flow, or of all, as Markdown.",
  help: "Made from what is there: what a flow does, what starts it, which fields move, what happens when something goes wrong.",
  options: {},

  async run({ words: [flow], json }, { do: perform, say, answer }) {
    const { runbooks, markdown } = await perform("flows.docs", flow === undefined ? {} : { flow });
    if (json) answer({ runbooks, markdown });
    else say(markdown);
    return exit.done;
  },
});
