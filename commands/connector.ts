import { actions, section } from "#slack/blocks.ts";
import { needs, takes, verb, type Command } from "#slack/command/command.ts";
import { message, toAsker } from "#slack/message.ts";
import { mrkdwn } from "#slack/text/markup.ts";
import { hooksShown } from "#slack/views/hooks.ts";
import { hubOwners } from "#slack/views/hub-owners.ts";
import { chooseTool } from "#slack/views/connection-form.ts";
import { registerForm, registerTitle } from "#slack/views/connector-form.ts";
import { connectorVersions } from "#slack/views/connector-versions.ts";
import {
  connectionChecked,
  connectionList,
  invitation,
  removeButton,
} from "#slack/views/connections.ts";

const add = verb({
  verb: "add",
  also: ["new", "connect"],
  params: { name: takes.name },
  summary:
    "Connects a tool: which one, its name, its settings. Signing in is done on a one-time page.",
  example: "add",
  role: "admin",
  form: {
    title: "Connect a tool",
    always: true,
    fill: async ({ name }, at) => chooseTool(await at.do("connectors.list", {}), name),
  },
  run: () => Promise.resolve({ kind: "nothing" }),
});

const list = verb({
  verb: "list",
  also: ["ls", "connections", "status"],
  params: {},
  summary: "Shows every connection and the next step it needs.",
  example: "list",
  role: "viewer",
  async run(_args, at) {
    return { kind: "private", message: connectionList(await at.do("connections.list", {})) };
  },
});

const check = verb({
  verb: "check",
  also: ["test", "verify"],
  params: { name: takes.name },
  summary: "Looks at a connection live: credential, rights, limits.",
  example: "check crm",
  role: "operator",
  async run({ name }, at) {
    if (name !== undefined) {
      const checked = await at.do("connections.check", { connection: name });
      return { kind: "private", message: connectionChecked(checked) };
    }
    const all = (await at.do("connections.list", {})).slice(0, 15);
    const checked = await Promise.all(
      all.map(({ connection }) => at.do("connections.check", { connection: connection.name })),
    );
    if (checked.length === 0) return { kind: "private", message: connectionList([]) };
    return {
      kind: "private",
      message: message(checked.flatMap((view) => connectionChecked(view).blocks)),
    };
  },
});

const register = verb({
  verb: "register",
  also: ["upload", "install"],
  params: {},
  summary: "Adds a kind of tool: its manifest is checked, shown and approved by a second admin.",
  example: "register",
  role: "admin",
  form: {
    title: registerTitle,
    always: true,
    // Whoever may not take the last step of it is told at the first.
    fill: async (_args, at) => {
      await at.do("connectors.list", {});
      return registerForm();
    },
  },
  run: () => Promise.resolve({ kind: "nothing" }),
});

const versions = verb({
  verb: "versions",
  also: ["version", "history"],
  params: { name: needs.name },
  summary: "Shows what was registered for a connector, and leads back to an earlier version.",
  example: "versions hubspot",
  role: "operator",
  async run({ name }, at) {
    const history = await at.do("connectors.versions", { connector: name });
    return { kind: "private", message: connectorVersions(history) };
  },
});

const reconnect = verb({
  verb: "reconnect",
  also: ["renew", "sign-in", "signin"],
  params: { name: needs.name },
  summary:
    "Signs a connection in again, or with another credential. Its flows and what they remember stay.",
  example: "reconnect crm",
  role: "admin",
  async run({ name }, at) {
    return toAsker(invitation(name, await at.do("connections.invite", { connection: name })));
  },
});

const hooks = verb({
  verb: "hooks",
  also: ["hook", "webhooks", "webhook", "address", "addresses"],
  params: { name: needs.name },
  summary:
    "Shows where a tool or a Zap sends what a connection is to hear of, and what it is told of that happens here; makes a new key.",
  example: "hooks zaps",
  role: "operator",
  async run({ name }, at) {
    return {
      kind: "private",
      message: hooksShown(await at.do("hooks.show", { connection: name })),
    };
  },
});

const hub = verb({
  verb: "hub",
  also: ["owners", "owner", "golden"],
  params: { name: takes.name },
  summary: "Says whose value counts in the hub, for each kind of record and field, and changes it.",
  example: "hub customers",
  role: "viewer",
  async run({ name }, at) {
    const about = name === undefined ? {} : { entity: name };
    const { entities } = await at.do("hub.owners", about);
    return { kind: "private", message: hubOwners(entities) };
  },
});

const remove = verb({
  verb: "remove",
  also: ["delete", "disconnect"],
  params: { name: needs.name },
  summary: "Forgets a connection and its credential. Refused while a flow uses it.",
  example: "remove crm",
  role: "admin",
  run: ({ name }) =>
    Promise.resolve(
      toAsker([
        section(
          mrkdwn`Remove *${name}*? Its credential is forgotten; what was written with it stays.`,
        ),
        actions(removeButton(name)),
      ]),
    ),
});

export default {
  name: "/connector",
  about: "Connect your tools and check that they answer",
  without: "check",
  verbs: [add, list, check, reconnect, hub, hooks, register, versions, remove],
} satisfies Command;
