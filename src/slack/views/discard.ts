import { input, plain, section } from "../blocks.ts";
import type { Meta, Modal } from "../message.ts";
import { many } from "../text/amount.ts";
import { mrkdwn } from "../text/markup.ts";

/** Asks why, since somebody will wonder later why these records never arrived. */
export const discardModal = (form: string, records: number, where: string, meta: Meta): Modal => ({
  form,
  title: "Discard",
  submit: "Discard",
  close: "Keep",
  meta,
  blocks: [
    section(
      mrkdwn`*${many(records, "record")}* will not be written to ${where}, now or by later runs, until the content changes at the source. Nothing is deleted there.`,
    ),
    input("reason", "Why", {
      type: "plain_text_input",
      action_id: "value",
      max_length: 500,
      placeholder: plain("Test data, a duplicate, agreed with sales…", 150),
    }),
  ],
});
