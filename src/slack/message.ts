import type { DayFigures } from "#domain/ports/settings.ts";
import type { KnownBlock, ModalView } from "@slack/types";
import { cutLines } from "./text/cut.ts";
import { textOf } from "./text/text-of.ts";

/** A picture to draw and upload where the message is posted; its alt text says all that it shows. */
export type Picture = { alt: string; at: number } & Drawing;
export type Drawing = { kind: "chart"; days: readonly DayFigures[] } | { kind: "map"; svg: string };

/** What is posted: `text` says everything that the blocks say, since screen readers read only it. */
export type Message = { text: string; blocks: KnownBlock[]; picture: Picture | null };

/** chat.update refuses text beyond 4,000 characters. */
const longest = 3900;

export const message = (blocks: KnownBlock[], picture: Picture | null = null): Message => ({
  text: cutLines([textOf(blocks), ...(picture ? [picture.alt] : [])].join("\n"), longest),
  blocks,
  picture,
});

/** A form or a page over the conversation. `meta` holds ids and versions only; Slack keeps it. */
export type Modal = {
  /** The form that takes what is submitted: `<noun>.<verb>`. */
  form: string;
  title: string;
  submit: string | null;
  close: string;
  blocks: KnownBlock[];
  meta: Meta;
};
export type Meta = Readonly<Record<string, string | number>>;

/** Slack's limits for a view: 24 characters of title and buttons, 100 blocks, 3,000 characters of metadata. */
export const modalView = (modal: Modal): ModalView => ({
  type: "modal",
  callback_id: modal.form,
  title: { type: "plain_text", text: modal.title.slice(0, 24) },
  close: { type: "plain_text", text: modal.close },
  ...(modal.submit === null ? {} : { submit: { type: "plain_text", text: modal.submit } }),
  private_metadata: JSON.stringify(modal.meta),
  blocks: modal.blocks.slice(0, 100),
});

/** What a command or a button answers. */
export type Reply =
  /** Seen by the one who asked. */
  | { kind: "private"; message: Message }
  /** Seen by everybody in the channel. */
  | { kind: "public"; message: Message }
  /** The open modal becomes this one. */
  | { kind: "modal"; modal: Modal }
  /** Nothing more to say: the card that was told says it. */
  | { kind: "nothing" };

export const toAsker = (blocks: KnownBlock[]): Reply => ({
  kind: "private",
  message: message(blocks),
});
