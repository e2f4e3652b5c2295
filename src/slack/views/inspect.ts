import { entities } from "#domain/entities/index.ts";
import { chosenTarget } from "#domain/dead-letter.ts";
import type { FieldKind } from "#domain/entities/entity.ts";
import type { Candidate } from "#domain/problem.ts";
import type { FormField, LetterView } from "#operations/contract.ts";
import type { InputBlock, KnownBlock } from "@slack/types";
import {
  actions,
  button,
  context,
  divider,
  input,
  linkButton,
  option,
  plain,
  quote,
  section,
  table,
} from "../blocks.ts";
import type { Modal } from "../message.ts";
import { cut } from "../text/cut.ts";
import { aboutProblem } from "../text/label.ts";
import { joined, mrkdwn, person, type Markup } from "../text/markup.ts";
import { clock, moment } from "../text/when.ts";
import { complaint } from "./notice.ts";

/** Slack takes at most so much in a text input. */
const longestInput = 3000;

/**
 * The block of one field's input. It names the letter and its version, since Slack keeps what was typed
 * under a block id even when the modal has moved on to another record.
 */
export const fieldBlock = (view: LetterView, field: string): string =>
  cut(`${view.letter.version}:${view.letter.id}:${field}`, 255);

/** One dead letter: what the tool said, the record, what can be corrected, and what was tried. */
export function inspectModal(view: LetterView, problem?: string): Modal {
  const { letter, flow } = view;
  const open = letter.state.kind === "open";
  return {
    form: "letter.retry",
    title: "Inspect",
    submit: open ? (isChoice(view) ? "Link" : "Retry") : null,
    close: "Close",
    meta: { letter: letter.id, version: letter.version },
    blocks: [
      ...(problem === undefined ? [] : [complaint(problem)]),
      section(mrkdwn`*${view.title}*  ·  ${flow.name}`),
      ...(open ? saidBlocks(view) : [section(settledText(view))]),
      ...(open ? inputs(view) : []),
      divider,
      section(mrkdwn`*The record*`),
      ...table(view.record.slice(0, 40).map(({ label, value }) => ({ label, value }))),
      context(tried(view)),
      buttons(view, open),
    ],
  };
}

function saidBlocks({ toolTitle, letter }: LetterView): KnownBlock[] {
  const { problem, direction } = letter;
  const about = aboutProblem(problem, direction);
  const who = direction === "read" ? `What ${toolTitle} has cannot be used` : `${toolTitle} said`;
  return [section(mrkdwn`${who}${about === "" ? "" : ` (${about})`}:`), quote(problem.message)];
}

function settledText({ letter }: LetterView): Markup {
  const { state } = letter;
  switch (state.kind) {
    case "open":
      return mrkdwn`● *Needs a hand*`;
    case "retrying":
      return mrkdwn`↻ *Retrying* since ${clock(state.since)}, asked for by ${person(state.by)}.`;
    case "written":
      return mrkdwn`✓ *Written* ${moment(state.at)}, by ${person(state.by)}.`;
    case "superseded":
      return mrkdwn`✓ *Superseded* ${moment(state.at)}: it changed at its source, and the newer content was written.`;
    case "discarded":
      return mrkdwn`■ *Discarded* ${moment(state.at)} by ${person(state.by)}: ${state.reason}`;
    default:
      return state satisfies never;
  }
}

function inputs(view: LetterView): KnownBlock[] {
  const found = view.letter.problem.candidates ?? [];
  const fields = view.wrong.filter(({ name }) => name !== chosenTarget || found.length === 0);
  return [
    ...(found.length > 0 ? [candidates(view, found)] : []),
    ...fields.slice(0, 20).map((field) => fieldInput(view, field)),
  ];
}

/** Several records match: it is linked to one of them, or separate from all. */
const isChoice = ({ letter: { problem } }: LetterView): boolean =>
  problem.class === "ambiguous_match" && (problem.candidates ?? []).length > 0;

/** Two records match and nobody but a person can say which: never a guess. */
function candidates(view: LetterView, found: readonly Candidate[]): InputBlock {
  const options = found.map(({ id, title, about }) => ({
    ...option(`${title} (${id})`, id),
    ...(about === undefined ? {} : { description: plain(about, 75) }),
  }));
  const block = fieldBlock(view, chosenTarget);
  const label = `Which one is it in ${view.toolTitle}?`;
  const hint = "Link updates that one. Separate, below, makes this a record of its own.";
  const about = isChoice(view) ? { hint } : { optional: true };
  return options.length <= 10
    ? input(block, label, { type: "radio_buttons", action_id: "value", options }, about)
    : input(
        block,
        label,
        {
          type: "static_select",
          action_id: "value",
          options: options.slice(0, 100),
        },
        about,
      );
}

function fieldInput(view: LetterView, field: FormField): KnownBlock {
  if (field.value.length > longestInput)
    return section(
      mrkdwn`*${field.label}* is longer than can be edited here (${field.value.length} characters). Please shorten it at its source.`,
    );
  const block = fieldBlock(view, field.name);
  return input(block, field.label, element(field), {
    hint: `Takes ${field.accepted}.`,
    optional: true,
  });
}

function element(field: FormField): InputBlock["element"] {
  const choices = field.choices ?? (kindOf(field.name) === "boolean" ? ["yes", "no"] : null);
  if (choices && choices.length > 0 && choices.length <= 100) {
    const options = choices.map((choice) => option(choice, cut(choice, 75)));
    const current = options.find(({ value }) => value === field.value);
    return {
      type: "static_select",
      action_id: "value",
      options,
      placeholder: plain("Choose one", 150),
      ...(current ? { initial_option: current } : {}),
    };
  }
  return {
    type: "plain_text_input",
    action_id: "value",
    max_length: longestInput,
    multiline: field.value.length > 80 || field.value.includes("\n"),
    ...(field.value === "" ? {} : { initial_value: field.value }),
  };
}

/** What kind of value a canonical field takes, whichever entity it belongs to. */
export const kindOf = (field: string): FieldKind["kind"] | undefined =>
  Object.values(entities).find((entity) => Object.hasOwn(entity.fields, field))?.fields[field]?.type
    .kind;

function tried({ letter, flow }: LetterView): Markup {
  const first = mrkdwn`Seen first ${moment(letter.firstSeen)}, tried ${letter.attempts === 1 ? "once" : `${letter.attempts} times`}.`;
  const entries = letter.history
    .slice(-5)
    .map(({ at, by, what }) => mrkdwn`${moment(at)}  ${person(by)}: ${cut(what, 200)}`);
  const version = letter.flowVersion;
  const since =
    version === null || version === flow.version
      ? []
      : [mrkdwn`It was tried as version ${version} of the flow; a retry writes as version ${flow.version}.`]; // prettier-ignore
  return joined([first, ...since, ...entries], "\n");
}

const buttons = (view: LetterView, open: boolean): KnownBlock => {
  const { letter, previous, next, link, flow } = view;
  const before = letter.flowVersion;
  const found = [
    open && before !== null && before !== flow.version
      ? button(`Retry as version ${before}`, "letter.retry-as", `${letter.id} ${before}`)
      : undefined,
    open && isChoice(view)
      ? button("Separate", "letter.separate", `${letter.id} ${letter.version}`)
      : undefined,
    open ? button("Discard", "letter.discard", letter.id, { style: "danger" }) : undefined,
    previous === null ? undefined : button("Previous", "letter.previous", previous),
    next === null ? undefined : button("Next", "letter.next", next),
    button("As it was sent", "letter.raw", letter.id),
    link === null ? undefined : linkButton("Open at its source", link),
  ].filter((one) => one !== undefined);
  return actions(...found);
};
