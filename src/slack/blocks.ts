import type {
  ActionsBlock,
  Button,
  ConfirmationDialog,
  ContextBlock,
  DividerBlock,
  HeaderBlock,
  InputBlock,
  Overflow,
  PlainTextElement,
  PlainTextOption,
  RichTextBlock,
  SectionBlock,
} from "@slack/types";
import { cut, cutLines } from "./text/cut.ts";
import { lines, mrkdwn, type Markup } from "./text/markup.ts";
import { visible } from "./text/visible.ts";

/** Slack's limits, in characters (docs.slack.dev, Block Kit reference). */
const most = { text: 3000, field: 2000, header: 150, button: 75, option: 75, hint: 2000 };

/** Text that is shown as it is, never read as markup. Hidden characters are made visible. */
export const plain = (text: string, length = most.text): PlainTextElement => ({
  type: "plain_text",
  text: cut(visible(text), length) || " ",
  emoji: false,
});

const inMrkdwn = (text: Markup, length: number) =>
  ({ type: "mrkdwn", text: cutLines(text.mrkdwn, length) || " ", verbatim: true }) as const;

export const section = (text: Markup, accessory?: Button | Overflow): SectionBlock => ({
  type: "section",
  text: inMrkdwn(text, most.text),
  ...(accessory ? { accessory } : {}),
});

/** Lines in as few sections as hold them all. */
export function sections(all: readonly (Markup | undefined)[]): SectionBlock[] {
  const packed: Markup[] = [];
  for (const line of all) {
    const last = packed.at(-1);
    if (line === undefined) continue;
    if (last !== undefined && last.mrkdwn.length + line.mrkdwn.length < most.text)
      packed[packed.length - 1] = lines(last, line);
    else packed.push(line);
  }
  return packed.map((text) => section(text));
}

/** Words that are not ours: a tool's message, a record's value. */
export const words = (text: string, length = 300): SectionBlock => ({
  type: "section",
  text: plain(text, length),
});

/** A small table of two columns, five rows to a section, values letter for letter. */
export function table(rows: readonly { label: string; value: string }[]): SectionBlock[] {
  const sections: SectionBlock[] = [];
  for (let at = 0; at < rows.length; at += 5) {
    sections.push({
      type: "section",
      fields: rows
        .slice(at, at + 5)
        .flatMap(({ label, value }) => [
          inMrkdwn(mrkdwn`*${label}*`, most.field),
          plain(value || "(empty)", 500),
        ]),
    });
  }
  return sections;
}

export const header = (text: string): HeaderBlock => ({
  type: "header",
  text: plain(text, most.header),
});

export const context = (text: Markup): ContextBlock => ({
  type: "context",
  elements: [inMrkdwn(text, most.text)],
});

export const divider: DividerBlock = { type: "divider" };

/** What a tool said, set apart as a quotation. */
export const quote = (text: string): RichTextBlock => ({
  type: "rich_text",
  elements: [
    {
      type: "rich_text_quote",
      elements: [{ type: "text", text: cut(visible(text), 2000) || " " }],
    },
  ],
});

/** Lines to be copied letter for letter: nothing is put between their signs, as mrkdwn would have it. */
export function copyable(text: string): RichTextBlock {
  const shown = cut(text.split("\n").map(visible).join("\n"), 2900);
  return {
    type: "rich_text",
    elements: [{ type: "rich_text_preformatted", elements: [{ type: "text", text: shown }] }],
  };
}

/** Slack wants each action id once in a block, so a second `command.run` becomes `command.run~2`. */
export const actions = (...elements: readonly (Button | Overflow | undefined)[]): ActionsBlock => ({
  type: "actions",
  elements: elements
    .filter((element) => element !== undefined)
    .map((element, at, all) => {
      const same = all.slice(0, at).filter(({ action_id }) => action_id === element.action_id);
      return same.length === 0
        ? element
        : { ...element, action_id: `${element.action_id}~${same.length + 1}` };
    }),
});

/** The action a button stands for, whatever keeps its id apart from its neighbours'. */
export const actionOf = (id: string): string => id.replace(/~\d+$/, "");

type ButtonLook = { style?: "primary" | "danger"; confirm?: ConfirmationDialog };

/** `action` is `<noun>.<verb>`; `value` carries an id, or a command line, and nothing else. */
export const button = (
  label: string,
  action: string,
  value: string,
  look: ButtonLook = {},
): Button => ({
  type: "button",
  text: plain(label, most.button),
  action_id: action,
  value,
  ...look,
});

export const linkButton = (label: string, url: string): Button => ({
  type: "button",
  text: plain(label, most.button),
  action_id: "link.open",
  url,
});

export const option = (label: string, value: string): PlainTextOption => ({
  text: plain(label, most.option),
  value,
});

export const overflow = (
  action: string,
  options: readonly (PlainTextOption | undefined)[],
): Overflow => ({
  type: "overflow",
  action_id: action,
  options: options.filter((one) => one !== undefined).slice(0, 5),
});

export const confirm = (
  title: string,
  text: string,
  yes: string,
  style?: "danger",
): ConfirmationDialog => ({
  title: plain(title, 100),
  text: plain(text, 300),
  confirm: plain(yes, 30),
  deny: plain("Cancel", 30),
  ...(style ? { style } : {}),
});

/** One input of a form; its value is read back under `block`. */
export const input = (
  block: string,
  label: string,
  element: InputBlock["element"],
  about: { hint?: string; optional?: boolean } = {},
): InputBlock => ({
  type: "input",
  block_id: block,
  label: plain(label, most.hint),
  element,
  optional: about.optional ?? false,
  ...(about.hint ? { hint: plain(about.hint, most.hint) } : {}),
});
