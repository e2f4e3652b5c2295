import { input, option, section } from "#slack/blocks.ts";
import { needs, takes, verb, type Command } from "#slack/command/command.ts";
import { toAsker } from "#slack/message.ts";
import { mrkdwn } from "#slack/text/markup.ts";
import { conflictList } from "#slack/views/conflicts.ts";
import { docsMessage, onlyOf } from "#slack/views/docs.ts";
import { exported } from "#slack/views/exported.ts";
import { editForm } from "#slack/views/flow-form/edit.ts";
import { beginForm, newFlow } from "#slack/views/flow-form/begin.ts";
import { flowList } from "#slack/views/flow-list.ts";
import { askRemoval } from "#slack/views/flow-removal.ts";
import { flowStatus } from "#slack/views/flow-status.ts";
import { flowVersions } from "#slack/views/flow-versions.ts";
import { mapMessage } from "#slack/views/map.ts";
import { paused } from "#slack/views/paused.ts";
import { pickFlow } from "#slack/views/pick-flow.ts";
import { previewMessage } from "#slack/views/preview.ts";
import { started } from "#slack/views/started.ts";
import { recipeList, recipesTitle } from "#slack/views/recipes.ts";

const run = verb({
  verb: "run",
  also: ["start", "sync", "now"],
  params: { flow: needs.flow, full: takes.flag("full") },
  summary: "Starts a flow now. `full` reads everything again instead of what has changed.",
  example: "run customers-to-books",
  role: "operator",
  form: {
    title: "Run a flow",
    async fill(_args, at) {
      const changed = option("What has changed", "changed");
      const how = input("how", "Read", {
        type: "radio_buttons",
        action_id: "value",
        options: [changed, option("Everything again", "full")],
        initial_option: changed,
      });
      const form = { id: "flow.run", title: "Run a flow", submit: "Run" };
      return pickFlow(form, await at.do("flows.list", {}), [how]);
    },
  },
  async run({ flow, full }, at) {
    const outcome = await at.do("runs.start", {
      flow,
      full: full !== undefined,
      ...(at.channel === null ? {} : { channel: at.channel }),
    });
    return toAsker([section(started(outcome, at))]);
  },
});

const list = verb({
  verb: "list",
  also: ["flows", "ls"],
  params: {},
  summary: "Shows every flow and how it is.",
  example: "list",
  role: "viewer",
  async run(_args, at) {
    return { kind: "private", message: flowList(await at.do("flows.list", {}), at.now()) };
  },
});

const status = verb({
  verb: "status",
  also: ["state", "show"],
  params: { flow: takes.flow },
  summary: "Says how a flow is: what runs, how the last run went, what is open.",
  example: "status customers-to-books",
  role: "viewer",
  async run({ flow }, at) {
    if (flow === undefined)
      return { kind: "private", message: flowList(await at.do("flows.list", {}), at.now()) };
    return { kind: "private", message: flowStatus(await at.do("flows.get", { flow }), at.now()) };
  },
});

const preview = verb({
  verb: "preview",
  also: ["plan", "dry-run"],
  params: { flow: needs.flow },
  summary: "Says what a run would do, and writes nothing.",
  example: "preview customers-to-books",
  role: "operator",
  form: {
    title: "Preview a flow",
    fill: async (_args, at) =>
      pickFlow(
        { id: "flow.preview", title: "Preview a flow", submit: "Preview" },
        await at.do("flows.list", {}),
      ),
  },
  async run({ flow }, at) {
    return { kind: "private", message: previewMessage(await at.do("flows.preview", { flow })) };
  },
});

const map = verb({
  verb: "map",
  also: ["picture", "diagram"],
  params: {},
  summary: "Draws all connections and flows, and says which pattern they make.",
  example: "map",
  role: "viewer",
  run: async (_args, at) => ({ kind: "public", message: mapMessage(await at.do("flows.map", {})) }),
});

const docs = verb({
  verb: "docs",
  also: ["doc", "runbook", "document"],
  params: { flow: needs.flow },
  summary: "Says all about a flow: what it does, what starts it, what happens when it goes wrong.",
  example: "docs customers-to-books",
  role: "viewer",
  form: {
    title: "The runbook of a flow",
    fill: async (_args, at) =>
      pickFlow(
        { id: "docs.pick", title: "The runbook of a flow", submit: "Show" },
        await at.do("flows.list", {}),
      ),
  },
  async run({ flow }, at) {
    const { runbooks } = await at.do("flows.docs", { flow });
    return { kind: "private", message: docsMessage(onlyOf(runbooks, flow)) };
  },
});

const conflicts = verb({
  verb: "conflicts",
  also: ["conflict", "decide"],
  params: { flow: takes.flow },
  summary: "Shows what was changed on both sides of a flow and waits for a decision.",
  example: "conflicts contacts-both-ways",
  role: "viewer",
  async run({ flow }, at) {
    const about = flow === undefined ? {} : { flow };
    const found = await at.do("conflicts.list", { ...about, limit: 15 });
    return { kind: "private", message: conflictList(found, flow ?? null, at.now()) };
  },
});

const cancel = verb({
  verb: "cancel",
  also: ["stop", "abort"],
  params: { flow: needs.flow },
  summary: "Stops what runs or waits. What was written stays written.",
  example: "cancel customers-to-books",
  role: "operator",
  async run({ flow }, at) {
    const { id, state } = await at.do("runs.cancel", { flow });
    await at.tell({ kind: "run", id });
    return toAsker([
      section(
        state.kind === "cancelled"
          ? mrkdwn`The run of *${flow}* is cancelled. What was written stays written.`
          : mrkdwn`The run of *${flow}* stops at the end of the page in hand.`,
      ),
    ]);
  },
});

const pause = verb({
  verb: "pause",
  also: ["disable", "off"],
  params: { flow: needs.flow, reason: takes.reason },
  summary: "Keeps a flow from running until it is resumed.",
  example: "pause customers-to-books books are being closed",
  role: "operator",
  async run({ flow, reason }, at) {
    const about = reason === undefined ? { flow } : { flow, reason };
    const { stopped } = await at.do("flows.pause", about);
    for (const { id } of stopped) await at.tell({ kind: "run", id });
    return toAsker([section(paused(flow, stopped))]);
  },
});

const resume = verb({
  verb: "resume",
  also: ["unpause", "enable", "on"],
  params: { flow: needs.flow },
  summary: "Lets a paused or held flow run again.",
  example: "resume customers-to-books",
  role: "operator",
  async run({ flow }, at) {
    const { incidents } = await at.do("flows.resume", { flow });
    for (const { id } of incidents) await at.tell({ kind: "incident", id });
    return toAsker([section(mrkdwn`*${flow}* may run again, from where it stopped.`)]);
  },
});

const create = verb({
  verb: "new",
  also: ["add", "make", "create"],
  params: { name: takes.name },
  summary:
    "Makes a flow between two tools. It is off until somebody has seen its preview and turns it on.",
  example: "new",
  role: "operator",
  form: {
    title: newFlow,
    always: true,
    fill: async ({ name = "" }, at) =>
      beginForm(await at.do("flows.choices", {}), { from: "", to: "", name }),
  },
  run: () => Promise.resolve({ kind: "nothing" }),
});

const recipes = verb({
  verb: "recipes",
  also: ["recipe", "templates"],
  params: {},
  summary: "Offers ready-made flows, which ask only for the connections they go between.",
  example: "recipes",
  role: "operator",
  form: {
    title: recipesTitle,
    always: true,
    fill: async (_args, at) => recipeList(await at.do("recipes.list", {})),
  },
  run: () => Promise.resolve({ kind: "nothing" }),
});

const edit = verb({
  verb: "edit",
  also: ["change", "modify"],
  params: { flow: takes.flow },
  summary: "Changes what a flow does. Each change is a version, and leads back in one click.",
  example: "edit customers-to-books",
  role: "operator",
  form: {
    title: "Change a flow",
    always: true,
    fill: async ({ flow }, at) =>
      flow === undefined
        ? pickFlow(
            { id: "flow.edit", title: "Change a flow", submit: "Next" },
            await at.do("flows.list", {}),
          )
        : editForm(flow, at),
  },
  run: () => Promise.resolve({ kind: "nothing" }),
});

const remove = verb({
  verb: "delete",
  also: ["remove", "drop"],
  params: { flow: needs.flow },
  summary: "Removes a flow, after saying what that undoes. What it wrote stays written.",
  example: "delete customers-to-books",
  role: "admin",
  async run({ flow }, at) {
    return { kind: "private", message: askRemoval(await at.do("flows.removal", { flow })) };
  },
});

const exportFlows = verb({
  verb: "export",
  also: ["yaml"],
  params: { flow: takes.flow },
  summary: "Shows a flow, or all, as the workspace file has them.",
  example: "export customers-to-books",
  role: "operator",
  async run({ flow }, at) {
    const { text } = await at.do("flows.export", flow === undefined ? {} : { flow });
    return toAsker(exported(text));
  },
});

const versions = verb({
  verb: "versions",
  also: ["version", "history"],
  params: { flow: needs.flow },
  summary: "Shows who changed a flow, when and how, and leads back to an earlier version.",
  example: "versions customers-to-books",
  role: "viewer",
  async run({ flow }, at) {
    return { kind: "private", message: flowVersions(await at.do("flows.versions", { flow })) };
  },
});

export default {
  name: "/sync",
  about: "Make your flows, run them and see how they are",
  without: "status",
  verbs: [
    ...[create, recipes, run, list, status, preview, conflicts, map, docs],
    ...[cancel, pause, resume, edit, versions, exportFlows, remove],
  ],
} satisfies Command;
