import { Mistake } from "#domain/errors.ts";
import type { At } from "../at.ts";
import { actions, button, section } from "../blocks.ts";
import type { Modal } from "../message.ts";
import { mrkdwn, sentence } from "../text/markup.ts";
import { notice, working } from "../views/notice.ts";
import { previewPage, turnedOn } from "../views/preview-page.ts";
import type { Action, Form, Outcome } from "./action.ts";
import { metaText, type Noun } from "./nouns.ts";

const made = async (flow: string, at: At): Promise<Modal> =>
  previewPage(await at.do("flows.preview", { flow }), 0);

/** The third page is done: what would a run do? */
const fields: Form = {
  id: "flow-make.fields",
  submit: ({ meta }, at) => {
    const flow = metaText(meta, "flow");
    const modal = working("Preview", mrkdwn`Reading and comparing *${flow}*, writing nothing…`);
    return Promise.resolve({ kind: "meanwhile", modal, after: () => made(flow, at) });
  },
};

const preview: Action = {
  id: "flow-make.preview",
  on: ({ value, view }) => ({
    kind: view === null ? "opens" : "turns",
    title: "Preview",
    fill: (at) => made(value, at),
  }),
};

/** `<preview> <page>` */
const page = async (value: string, at: At): Promise<Modal> => {
  const [id = "", number = "0"] = value.split(" ");
  return previewPage((await at.do("flows.previewed", { preview: id })).preview, Number(number));
};

const open: Action = {
  id: "flow-make.previewed",
  on: ({ value }) => ({ kind: "opens", title: "Preview", fill: (at) => page(value, at) }),
};
const turn = (id: string): Action => ({
  id,
  on: ({ value }) => ({ kind: "turns", fill: (at) => page(value, at) }),
});

const turnOn: Form = {
  id: "flow-make.turn-on",
  async submit({ meta }, at): Promise<Outcome> {
    const chosen = { preview: metaText(meta, "preview"), accept: meta["accept"] === 1 };
    try {
      return { kind: "modal", modal: turnedOn(await at.do("flows.turn-on", chosen)) };
    } catch (error) {
      if (!(error instanceof Mistake)) throw error;
      return { kind: "modal", modal: notTurned(error.message, metaText(meta, "flow")) };
    }
  },
};

/** It was changed since, or turned on by somebody else: how it is now is one click away. */
const notTurned = (said: string, flow: string): Modal =>
  notice("Not turned on", [
    section(sentence(said)),
    actions(button("Preview again", "flow-make.preview", flow, { style: "primary" })),
  ]);

export default {
  actions: [preview, open, turn("flow-make.previous"), turn("flow-make.next")],
  forms: [fields, turnOn],
} satisfies Noun;
