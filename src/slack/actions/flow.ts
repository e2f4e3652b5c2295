import { few } from "#operations/letters/contract.ts";
import type { At } from "../at.ts";
import { section } from "../blocks.ts";
import { message, toAsker, type Reply } from "../message.ts";
import { mrkdwn } from "../text/markup.ts";
import { editForm } from "../views/flow-form/edit.ts";
import { askRemoval, removed } from "../views/flow-removal.ts";
import { flowVersions } from "../views/flow-versions.ts";
import { flowStatus } from "../views/flow-status.ts";
import { working } from "../views/notice.ts";
import { paused } from "../views/paused.ts";
import { previewPage } from "../views/preview-page.ts";
import { previewMessage } from "../views/preview.ts";
import { planModal } from "../views/retry-plan.ts";
import { retrying } from "../views/retrying.ts";
import { started } from "../views/started.ts";
import { closing, type Action, type Form } from "./action.ts";
import type { Noun } from "./nouns.ts";

const does = (id: string, run: (flow: string, at: At) => Promise<Reply>): Action => ({
  id,
  on: ({ value }) => ({ kind: "does", run: (at) => run(value, at) }),
});

const run = does("flow.run", async (flow, at) => {
  const channel = at.channel === null ? {} : { channel: at.channel };
  const outcome = await at.do("runs.start", { flow, ...channel });
  return toAsker([section(started(outcome, at))]);
});

const cancel = does("flow.cancel", async (flow, at) => {
  const { id, state } = await at.do("runs.cancel", { flow });
  await at.tell({ kind: "run", id });
  return toAsker([
    section(
      state.kind === "cancelled"
        ? mrkdwn`The run of *${flow}* is cancelled. What was written stays written.`
        : mrkdwn`The run of *${flow}* stops at the end of the page in hand.`,
    ),
  ]);
});

const pause = does("flow.pause", async (flow, at) => {
  const { stopped } = await at.do("flows.pause", { flow });
  for (const { id } of stopped) await at.tell({ kind: "run", id });
  return toAsker([section(paused(flow, stopped))]);
});

const resume = does("flow.resume", async (flow, at) => {
  const { incidents } = await at.do("flows.resume", { flow });
  for (const { id } of incidents) await at.tell({ kind: "incident", id });
  return toAsker([section(mrkdwn`*${flow}* may run again.`)]);
});

const status = does("flow.status", async (flow, at) => ({
  kind: "private",
  message: flowStatus(await at.do("flows.get", { flow }), at.now()),
}));

const preview = does("flow.preview", async (flow, at) => ({
  kind: "private",
  message: previewMessage(await at.do("flows.preview", { flow })),
}));

const remove = does("flow.remove", async (flow, at) => ({
  kind: "private",
  message: removed(await at.do("flows.remove", { flow })),
}));

const askRemove = does("flow.delete", async (flow, at) => ({
  kind: "private",
  message: askRemoval(await at.do("flows.removal", { flow })),
}));

/** `<flow> <version>` */
const useVersion = does("flow.use-version", async (value, at) => {
  const [flow = "", version = ""] = value.split(" ");
  const history = await at.do("flows.use-version", { flow, version: Number(version) });
  return { kind: "private", message: flowVersions(history) };
});

/** What `/sync run` without a flow asks for. */
const runForm: Form = {
  id: "flow.run",
  async submit({ values }, at) {
    const channel = at.channel === null ? {} : { channel: at.channel };
    const full = values["how"] === "full";
    const outcome = await at.do("runs.start", { flow: values["flow"] ?? "", full, ...channel });
    return closing(message([section(started(outcome, at))]));
  },
};

const previewForm: Form = {
  id: "flow.preview",
  async submit({ values }, at) {
    const flow = values["flow"] ?? "";
    return {
      kind: "meanwhile",
      modal: working("Preview", mrkdwn`Reading and comparing *${flow}*, writing nothing…`),
      after: async () => previewPage(await at.do("flows.preview", { flow }), 0),
    };
  },
};

/** What `/sync edit` without a flow asks for. */
const editFlow: Form = {
  id: "flow.edit",
  submit: async ({ values }, at) => ({
    kind: "modal",
    modal: await editForm(values["flow"] ?? "", at),
  }),
};

/** What `/dlq retry` without a flow asks for. */
const retryForm: Form = {
  id: "flow.retry",
  async submit({ values }, at) {
    const flow = values["flow"] ?? "";
    const plan = await at.do("letters.plan", { flow });
    if (plan.records > few) return { kind: "modal", modal: planModal(plan) };
    return closing(message([section(retrying(await at.do("letters.retry", { flow }), flow))]));
  },
};

export default {
  actions: [run, cancel, pause, resume, status, preview, remove, askRemove, useVersion],
  forms: [runForm, previewForm, editFlow, retryForm],
} satisfies Noun;
