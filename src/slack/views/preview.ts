import type { Preview, PreviewChange } from "#operations/contract.ts";
import { isBlank, isLines, type Value } from "#domain/fields.ts";
import { valueText } from "#domain/value-text.ts";
import { actions, button, context, section, words } from "../blocks.ts";
import { message, type Message } from "../message.ts";
import { count } from "../text/amount.ts";
import { mrkdwn } from "../text/markup.ts";
import { labelOf } from "../text/label.ts";
import { masked } from "../text/mask.ts";

const shown = 8;

/** What a run would do: the counts, and the first changes with their values masked. */
export function previewMessage(preview: Preview): Message {
  const { flow, changes } = preview;
  const left = changes.length - shown;
  return message([
    section(mrkdwn`*Preview*  *${flow}*  nothing is written\n${counts(preview)}`),
    ...changes.slice(0, shown).map((change) => words(changeText(change), 400)),
    ...(left > 0
      ? [context(mrkdwn`And ${left} more changes; \`npx tieline preview ${flow}\` lists them all.`)]
      : []),
    actions(button("Run now", "flow.run", flow, { style: "primary" })),
  ]);
}

function counts(preview: Preview): string {
  const of = (number: number, what: string) => (number > 0 ? [`${count(number)} ${what}`] : []);
  const parts = [
    ...of(preview.create, "to create"),
    ...of(preview.update, "to update"),
    ...of(preview.delete, "to archive"),
    ...of(preview.conflict, "in conflict"),
    ...of(preview.invalid, "with invalid values"),
    ...of(preview.unchanged, "unchanged"),
    ...of(preview.filtered, "left out"),
  ];
  return parts.length > 0 ? parts.join(" · ") : "There is nothing to do.";
}

const verbs: Record<PreviewChange["action"], string> = {
  create: "Create",
  update: "Update",
  delete: "Archive",
  conflict: "Conflict",
  invalid: "Invalid",
};

function changeText({ key, action, fields }: PreviewChange): string {
  const parts = Object.entries(fields)
    .slice(0, 4)
    .map(([name, { from, to }]) =>
      from === null
        ? `${labelOf(name)} ${value(to)}`
        : `${labelOf(name)} ${value(from)} → ${value(to)}`,
    );
  return `${verbs[action]} ${key}${parts.length > 0 ? `: ${parts.join(", ")}` : ""}`;
}

const value = (of: Value): string => {
  if (isBlank(of)) return "(empty)";
  if (isLines(of)) return of.length === 1 ? "1 line" : `${count(of.length)} lines`;
  return typeof of === "string" ? masked(of) : valueText(of);
};
