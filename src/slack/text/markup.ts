import { count } from "./amount.ts";
import { visible } from "./visible.ts";

/** Text in Slack's mrkdwn that is safe to send as it is. Made by `mrkdwn` only. */
export type Markup = { readonly mrkdwn: string };

/**
 * A sentence in mrkdwn: whatever is put in is escaped, numbers get their thousands separated, and only
 * another `Markup` stays markup.
 */
export const mrkdwn = (
  parts: TemplateStringsArray,
  ...values: readonly (Markup | string | number)[]
): Markup => ({ mrkdwn: String.raw({ raw: parts }, ...values.map(inMarkup)) });

const inMarkup = (value: Markup | string | number): string => {
  if (typeof value === "number") return count(value);
  return typeof value === "string" ? escaped(value) : value.mrkdwn;
};

/**
 * Text that Slack shows letter for letter inside mrkdwn. The three characters that Slack reads as
 * control sequences are escaped (docs.slack.dev, "Escaping text"); marks that would start bold, code
 * or an emoji are kept from doing so.
 */
export const escaped = (text: string): string =>
  visible(text)
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll("`", "\u02cb")
    .replace(/(^|[^\p{L}\p{N}])([*_~])(?=\S)/gu, "$1\u200b$2\u200b")
    .replace(/:(?=[a-z0-9_+'-]+:)/g, ":\u200b");

export const joined = (parts: readonly Markup[], between: string): Markup => ({
  mrkdwn: parts.map((part) => part.mrkdwn).join(between),
});

/** Lines under one another; what is undefined is left out. */
export const lines = (...parts: readonly (Markup | undefined)[]): Markup =>
  joined(
    parts.filter((part) => part !== undefined),
    "\n",
  );

export const bold = (text: string): Markup => mrkdwn`*${text}*`;

const userId = /^[UW][A-Z0-9]{2,}$/;

/** A person by name where Slack knows them, else the word we have: "Tieline", "ada (terminal)". */
export const person = (by: string): Markup =>
  userId.test(by) ? { mrkdwn: `<@${by}>` } : mrkdwn`${by}`;

/** A channel by id or name. */
export const channelText = (channel: string): Markup =>
  /^[CG][A-Z0-9]{2,}$/.test(channel) ? { mrkdwn: `<#${channel}>` } : mrkdwn`${channel}`;

/** A user group or a person, as a grant names them. */
export const subjectText = (id: string): Markup =>
  /^S[A-Z0-9]{2,}$/.test(id) ? { mrkdwn: `<!subteam^${id}>` } : person(id);

/** One of our own sentences, which says people and groups by id: `Ask @U024BE7LH for it.` */
export const sentence = (text: string): Markup =>
  joined(
    text
      .split(/(?<=^|[\s(])@([UWS][A-Z0-9]{7,})\b/)
      .map((part, index) => (index % 2 === 1 ? subjectText(part) : mrkdwn`${part}`)),
    "",
  );
