import { exit } from "../cli.ts";
import { verb } from "../verb.ts";

export const exportVerb = verb({
  kind: "operation",
  name: "export",
  words: "",
  least: 0,
  most: 0,
  about: "Prints the workspace file.",
  help: "Applied where it came from it changes nothing. Secrets never stand in it.",
  options: {},

  async run({ json }, { do: perform, print, answer }) {
    const { text } = await perform("workspace.export", {});
    if (json) answer({ text });
    else print(text);
    return exit.done;
  },
});
