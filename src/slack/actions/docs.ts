import { actions, linkButton, section } from "../blocks.ts";
import { toAsker } from "../message.ts";
import { mrkdwn } from "../text/markup.ts";
import { docsMessage, onlyOf } from "../views/docs.ts";
import { closing, type Action, type Form } from "./action.ts";
import type { Noun } from "./nouns.ts";

const canvas: Action = {
  id: "docs.canvas",
  on: ({ value: flow }) => ({
    kind: "does",
    async run(at) {
      const { markdown } = await at.do("flows.docs", { flow });
      const instead = `The same as Markdown: npx tieline docs ${flow}`;
      const { link } = await at.canvas({ title: `Runbook: ${flow}`, markdown, instead });
      return toAsker([
        section(
          mrkdwn`The runbook of *${flow}* is a canvas in this channel now, as things stand today.`,
        ),
        ...(link === null ? [] : [actions(linkButton("Open the canvas", link))]),
      ]);
    },
  }),
};

/** What `/sync docs` without a flow asks for. */
const pick: Form = {
  id: "docs.pick",
  async submit({ values }, at) {
    const flow = values["flow"] ?? "";
    const { runbooks } = await at.do("flows.docs", { flow });
    return closing(docsMessage(onlyOf(runbooks, flow)));
  },
};

export default { actions: [canvas], forms: [pick] } satisfies Noun;
