import type { Preview, PreviewChange, Review } from "#operations/contract.ts";
import { isBlank, isLines, type Value } from "#domain/fields.ts";
import { valueText } from "#domain/value-text.ts";
import { actions, button, context, section, words } from "../blocks.ts";
import { kindOf } from "./inspect.ts";
import { complaint } from "./notice.ts";
import { message, type Message } from "../message.ts";
import { count } from "../text/amount.ts";
import { lines, mrkdwn, type Markup } from "../text/markup.ts";
import { labelOf } from "../text/label.ts";
import { masked } from "../text/mask.ts";

const most = 8;

/** What a run would do: the counts, and the first changes with their values masked. */
export function previewMessage(preview: Preview): Message {
  const { id, flow, changes, on, errors, warnings } = preview;
  const left = changes.length - most;
  return message([
    section(mrkdwn`*Preview*  *${flow}*  nothing is written\n${countsText(preview)}`),
    ...[...errors, ...warnings].slice(0, 10).map((said) => complaint(said)),
    ...(preview.review === null ? [] : [section(meeting(preview.review))]),
    ...changes.slice(0, most).map((change) => words(changeText(change), 400)),
    ...(left > 0
      ? [context(mrkdwn`And ${left} more changes; \`npx tieline preview ${flow}\` lists them all.`)]
      : []),
    actions(
      button("Record by record", "flow-make.previewed", id, { style: "primary" }),
      on ? button("Run now", "flow.run", flow) : undefined,
    ),
  ]);
}

export function countsText(preview: Preview): string {
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

/** How the two sides of a two-way flow meet, before anything is written. */
export function meeting({ matched, ambiguous, onlySource, onlyTarget }: Review): Markup {
  const line = (what: string, { count: n, samples }: Review[keyof Review]): Markup | undefined =>
    n === 0
      ? undefined
      : mrkdwn`${what}: ${count(n)}${samples.length === 0 ? "" : ` (${samples.map(masked).join(", ")}${n > samples.length ? " …" : ""})`}`;
  const found = [
    line("On both sides, and taken for the same", matched),
    line("May be several, so nobody links them", ambiguous),
    line("Only at the source, to be made at the target", onlySource),
    line("Only at the target, to be made at the source", onlyTarget),
  ].filter((one) => one !== undefined);
  return found.length === 0
    ? mrkdwn`Every record of the two sides is linked already.`
    : lines(mrkdwn`*How the two sides meet*`, ...found);
}

const verbs: Record<PreviewChange["action"], string> = {
  create: "Create",
  update: "Update",
  delete: "Archive",
  conflict: "Conflict",
  invalid: "Invalid",
};

export const actionWord = (action: PreviewChange["action"]): string => verbs[action];

function changeText({ key, way, action, fields }: PreviewChange): string {
  const shown = maskedFor(action);
  const parts = Object.entries(fields)
    .slice(0, 4)
    .map(([name, { from, to }]) =>
      from === null
        ? `${labelOf(name)} ${shown(name, to)}`
        : `${labelOf(name)} ${shown(name, from)} → ${shown(name, to)}`,
    );
  const where = way === undefined ? "" : " at the source";
  return `${actionWord(action)}${where} ${key}${parts.length > 0 ? `: ${parts.join(", ")}` : ""}`;
}

/**
 * What a value says of a person stays hidden; amounts, days and countries say nothing of one, unless they
 * are no such thing.
 */
export const maskedFor =
  (action: PreviewChange["action"]) =>
  (field: string, of: Value): string => {
    if (isBlank(of)) return "(empty)";
    if (isLines(of)) return of.length === 1 ? "1 line" : `${count(of.length)} lines`;
    const kind = action === "invalid" ? undefined : kindOf(field);
    const open = kind !== undefined && impersonal.has(kind);
    return typeof of === "string" && !open ? masked(of) : valueText(of);
  };

const impersonal = new Set(["country", "currency", "choice", "number", "money", "date", "instant"]);
