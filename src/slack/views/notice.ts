import type { KnownBlock } from "@slack/types";
import { section, words } from "../blocks.ts";
import type { Message, Modal } from "../message.ts";
import { mrkdwn, type Markup } from "../text/markup.ts";

/** A modal that only says something. */
export const notice = (title: string, blocks: KnownBlock[]): Modal => ({
  form: "notice.close",
  title,
  submit: null,
  close: "Close",
  blocks,
  meta: {},
});

export const loading = (title: string): Modal => notice(title, [section(mrkdwn`Loading…`)]);

export const working = (title: string, what: Markup): Modal => notice(title, [section(what)]);

/** What went wrong, where a modal is open. */
export const messageModal = (title: string, message: Message): Modal =>
  notice(title, message.blocks);

/** The blocks of a form with the complaint before them. */
export const complaint = (text: string): KnownBlock => words(`! ${text}`, 1000);
