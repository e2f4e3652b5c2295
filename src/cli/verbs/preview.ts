import { isBlank, type Value } from "#domain/fields.ts";
import { valueText } from "#domain/value-text.ts";
import type { Preview, PreviewChange, Review } from "#operations/contract.ts";
import { exit } from "../cli.ts";
import { amount, clean } from "../table.ts";
import { verb } from "../verb.ts";

const shown = 50;

export const preview = verb({
  kind: "operation",
  name: "preview",
  words: "FLOW",
  least: 1,
  most: 1,
  about: "What a full run would do, writing nothing.",
  help: "Ends with 2 when a run would change something or could not write a record. Lists at most 1,000 records.",
  options: {},

  async run({ words: [flow = ""], json }, { do: perform, say, answer }) {
    const preview = await perform("flows.preview", { flow });
    const touched =
      preview.create + preview.update + preview.delete + preview.conflict + preview.invalid;
    if (json) answer(answerOf(preview));
    else for (const line of lines(preview)) say(line);
    return touched === 0 ? exit.done : exit.differences;
  },
});

const answerOf = (preview: Preview): object => ({
  flow: preview.flow,
  create: preview.create,
  update: preview.update,
  unchanged: preview.unchanged,
  filtered: preview.filtered,
  delete: preview.delete,
  conflict: preview.conflict,
  invalid: preview.invalid,
  ...(preview.review === null ? {} : { first_match: firstMatch(preview.review) }),
  changes: preview.changes,
});

const firstMatch = ({ matched, ambiguous, onlySource, onlyTarget }: Review): object => ({
  matched,
  ambiguous,
  only_source: onlySource,
  only_target: onlyTarget,
});

function lines(preview: Preview): string[] {
  const { create, update, unchanged, filtered, conflict, invalid, changes } = preview;
  const counted = [
    [create, "to create"],
    [update, "to update"],
    [preview.delete, "to archive"],
    [conflict, "in conflict"],
    [invalid, "invalid"],
    [unchanged, "unchanged"],
    [filtered, "left out"],
  ] as const;
  const numbers = counted
    .filter(([count]) => count > 0)
    .map(([count, what]) => `${amount(count)} ${what}`);
  const rest =
    create + update + preview.delete + conflict + invalid - Math.min(shown, changes.length);
  return [
    ...changes.slice(0, shown).flatMap(changeLines),
    ...(rest > 0 ? [`… and ${amount(rest)} more`] : []),
    ...(preview.review === null ? [] : [reviewLine(preview.review)]),
    `${preview.flow} · ${numbers.length === 0 ? "no records" : numbers.join(" · ")}`,
  ];
}

const reviewLine = ({ matched, ambiguous, onlySource, onlyTarget }: Review): string =>
  [
    `Not linked yet: ${amount(matched.count)} matched`,
    `${amount(ambiguous.count)} ambiguous`,
    `${amount(onlySource.count)} only at the source`,
    `${amount(onlyTarget.count)} only at the target`,
  ].join(" · ");

const signs: Record<PreviewChange["action"], string> = {
  create: "+",
  update: "~",
  delete: "-",
  conflict: "!",
  invalid: "!",
};

const changeLines = ({ key, way, action, fields, first = [] }: PreviewChange): string[] => [
  `${signs[action]} ${clean(key)}  ${action}${way === undefined ? "" : " at the source"}`,
  ...Object.entries(fields).map(
    ([name, { from, to }]) =>
      `    ${name}: ${action === "update" || !isBlank(from) ? `${word(from)} → ` : ""}${word(to)}` +
      (first.includes(name) ? " (brought there first)" : ""),
  ),
];

const word = (value: Value): string =>
  isBlank(value) ? "(nothing)" : clean(valueText(value).replaceAll("\n", "; ")).slice(0, 120);
