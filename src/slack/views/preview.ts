import type { Preview, PreviewChange, Review } from "#operations/contract.ts";
import { isBlank, isLines, type Value } from "#domain/fields.ts";
import { valueText } from "#domain/value-text.ts";
import type { KnownBlock } from "@slack/types";
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
    ...(preview.review === null ? [] : [section(meeting(preview.review, preview.titles))]),
    ...consequences(preview),
    ...openFirst(changes)
      .slice(0, most)
      .map((change) => words(changeText(change, preview.titles), 400)),
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
export function meeting(
  { matched, ambiguous, onlySource, onlyTarget }: Review,
  { from, to }: Preview["titles"],
): Markup {
  const line = (what: string, { count: n, samples }: Review[keyof Review]): Markup | undefined =>
    n === 0
      ? undefined
      : mrkdwn`${what}: ${count(n)}${samples.length === 0 ? "" : ` (${samples.map(masked).join(", ")}${n > samples.length ? " …" : ""})`}`;
  const found = [
    line("On both sides, and taken for the same", matched),
    line("May be several, so nobody links them", ambiguous),
    line(`Only in ${from}, to be made in ${to}`, onlySource),
    line(`Only in ${to}, to be made in ${from}`, onlyTarget),
  ].filter((one) => one !== undefined);
  return found.length === 0
    ? mrkdwn`Every record of the two sides is linked already.`
    : lines(mrkdwn`*How the two sides meet*`, ...found);
}

/** What becomes of records that need a person. */
export function consequences({ conflict, invalid, review }: Preview): KnownBlock[] {
  const said = [
    ...(conflict === 0 ? [] : [review === null ? "What is in conflict is not written: it waits for somebody to choose, on a card." : "What is in conflict waits for somebody to decide, on a card; the rest of those records goes on."]), // prettier-ignore
    ...(invalid === 0 ? [] : ["What has invalid values is not written: it waits on a card to be corrected."]), // prettier-ignore
  ];
  return said.length === 0 ? [] : [context(mrkdwn`${said.join(" ")}`)];
}

/** What needs a person stands before what does not. */
export const openFirst = (changes: readonly PreviewChange[]): readonly PreviewChange[] =>
  changes.toSorted((one, other) => rank[one.action] - rank[other.action]);
const rank = { conflict: 0, invalid: 1, delete: 2, update: 3, create: 4 };

const verbs: Record<PreviewChange["action"], string> = {
  create: "Create",
  update: "Update",
  delete: "Archive",
  conflict: "Conflict",
  invalid: "Invalid",
};

/** In two-way flows a record may be made or changed on either side. */
export const actionWord = ({ action, way }: PreviewChange, { from }: Preview["titles"]): string =>
  way === undefined ? verbs[action] : `${verbs[action]} in ${from}`;

/** Behind what is brought along before the record that refers to it. */
export const firstText = ({ first }: PreviewChange, field: string): string =>
  first?.includes(field) === true ? " (brought there first)" : "";

function changeText(change: PreviewChange, titles: Preview["titles"]): string {
  const { key, action, fields } = change;
  const shown = maskedFor(action);
  const parts = Object.entries(fields)
    .slice(0, 4)
    .map(([name, { from, to }]) =>
      from === null
        ? `${labelOf(name)} ${shown(name, to)}${firstText(change, name)}`
        : `${labelOf(name)} ${shown(name, from)} → ${shown(name, to)}${firstText(change, name)}`,
    );
  return `${actionWord(change, titles)} ${key}${parts.length > 0 ? `: ${parts.join(", ")}` : ""}`;
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
