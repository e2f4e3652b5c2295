import { table } from "./table.ts";
import type { Verb } from "./verb.ts";
import { verbs } from "./verbs/index.ts";

const codes =
  "Ends with 0 done, 2 done with dead letters or differences, 1 failed, 64 wrong usage.";

/** For `tieline --help`. */
export const help = (version: string): string =>
  [
    `Tieline ${version}: the integrations between your business tools, run from Slack.`,
    "",
    "Usage: tieline VERB [WORDS] [--json]",
    "",
    ...table(verbs.map(({ name, words, about }) => [`  ${`${name} ${words}`.trim()}`, about])),
    "",
    "--json gives one JSON object on standard output; --help after a verb says more about it.",
    codes,
  ].join("\n");

/** For `tieline VERB --help`. */
export function verbHelp({ name, words, about, help, options }: Verb): string {
  const rows = [
    ...Object.entries(options).map(([option, { about, value }]) => [
      `  --${option}${value === undefined ? "" : ` ${value}`}`,
      about,
    ]),
    ["  --json", "One JSON object on standard output."],
    ["  --help", "This text."],
  ];
  return [
    `Usage: tieline ${`${name} ${words}`.trim()} [options]`,
    "",
    about,
    help,
    "",
    ...table(rows),
    "",
    codes,
  ].join("\n");
}
