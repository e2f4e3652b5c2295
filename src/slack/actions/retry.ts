import type { At } from "../at.ts";
import { section } from "../blocks.ts";
import { message, toAsker, type Message, type Reply } from "../message.ts";
import { many } from "../text/amount.ts";
import { mrkdwn } from "../text/markup.ts";
import { planModal } from "../views/retry-plan.ts";
import { retrying } from "../views/retrying.ts";
import { closing, type Action, type Form } from "./action.ts";
import type { Noun } from "./nouns.ts";

/** `incident <id>` or `flow <name>` */
function meantBy(value: string): { incident: string } | { flow: string } {
  const [what, which = ""] = value.split(" ");
  return what === "incident" ? { incident: which } : { flow: which };
}

const plan: Action = {
  id: "retry.plan",
  on: ({ value }) => ({
    kind: "opens",
    title: "Retry",
    fill: async (at) => planModal(await at.do("letters.plan", meantBy(value))),
  }),
};

const all: Action = {
  id: "retry.all",
  on: ({ value }) => ({
    kind: "does",
    run: async (at) => ({ kind: "private", message: await begin(meantBy(value), at) }),
  }),
};

const start: Form = {
  id: "retry.start",
  async submit({ meta }, at) {
    const { incident, flow = "" } = meta;
    const what = incident === undefined ? `flow ${flow}` : `incident ${incident}`;
    return closing(await begin(meantBy(what), at));
  },
};

async function begin(what: ReturnType<typeof meantBy>, at: At): Promise<Message> {
  const channel = at.channel === null ? {} : { channel: at.channel };
  const outcome = await at.do("letters.retry", { ...what, ...channel });
  if ("incident" in what) await at.tell({ kind: "incident", id: what.incident });
  const { run } = outcome;
  if (run !== null && run.channel !== null) await at.tell({ kind: "run", id: run.id });
  const where = run?.flow ?? ("flow" in what ? what.flow : "this cause");
  return message([section(retrying(outcome, where))]);
}

const does = (id: string, run: (run: string, at: At) => Promise<Reply>): Action => ({
  id,
  on: ({ value }) => ({ kind: "does", run: (at) => run(value, at) }),
});

const pause = does("retry.pause", async (id, at) => {
  const { flow, state } = await at.do("runs.pause", { run: id });
  return toAsker([
    section(
      state.kind === "paused"
        ? mrkdwn`The retry of *${flow}* is paused.`
        : mrkdwn`The retry of *${flow}* pauses within a few seconds.`,
    ),
  ]);
});

const goOn = does("retry.go-on", async (id, at) => {
  const { flow } = await at.do("runs.go-on", { run: id });
  return toAsker([section(mrkdwn`The retry of *${flow}* goes on where it was.`)]);
});

const cancel = does("retry.cancel", async (id, at) => {
  const { flow, state, counts } = await at.do("runs.cancel", { run: id });
  return toAsker([
    section(
      state.kind === "cancelled"
        ? mrkdwn`The retry of *${flow}* is cancelled after ${many(counts.read, "record")}. What was written stays written; the others are open as before.`
        : mrkdwn`The retry of *${flow}* stops within a few seconds. What was written stays written; the others are open as before.`,
    ),
  ]);
});

export default { actions: [plan, all, pause, goOn, cancel], forms: [start] } satisfies Noun;
