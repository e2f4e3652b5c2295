import type { Change } from "#operations/contract.ts";
import { exit } from "../cli.ts";
import { verb } from "../verb.ts";

export const apply = verb({
  kind: "operation",
  name: "apply",
  words: "FILE",
  least: 1,
  most: 1,
  files: true,
  about: "Creates and updates what a workspace file says.",
  help: "The whole file is checked first: with one error in it nothing is changed. Errors are said as file:line:column: message. What the file does not name stays as it is.",
  options: {},

  async run({ words: [file = ""], json }, { do: perform, files, say, answer }) {
    const plan = await perform("workspace.apply", { text: files[file] ?? "", file });
    if (json) {
      const { connections, flows, hub, warnings } = plan;
      const owns = Object.values(hub).some((names) => names.length > 0);
      answer({
        connections,
        flows,
        ...(owns && { hub }),
        ...(warnings.length > 0 && { warnings }),
      });
      return exit.done;
    }
    const lines = [
      ...linesOf("connection", plan.connections),
      ...linesOf("flow", plan.flows),
      ...linesOf("hub", plan.hub),
    ];
    for (const line of lines) say(line);
    for (const { flow, message } of plan.warnings) say(`! flow ${flow}  ${message}`);
    say(lines.length === 0 ? "The file is empty; nothing to do." : `${file} is applied.`);
    return exit.done;
  },
});

const linesOf = (what: string, { created, updated, unchanged }: Change): string[] => [
  ...created.map((name) => `+ ${what} ${name}  created`),
  ...updated.map((name) => `~ ${what} ${name}  updated`),
  ...unchanged.map((name) => `= ${what} ${name}  unchanged`),
];
