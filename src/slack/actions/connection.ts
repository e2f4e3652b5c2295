import { namePattern, nameRule } from "#domain/ids.ts";
import type { Operations } from "#operations/contract.ts";
import type { At } from "../at.ts";
import { section } from "../blocks.ts";
import { looksLikeSecret } from "../command/secret.ts";
import { toAsker, type Modal } from "../message.ts";
import { mrkdwn } from "../text/markup.ts";
import { chooseTool, describeConnection, usualOfHidden } from "../views/connection-form.ts";
import {
  connectionAdded,
  connectionChecked,
  connectionRemoved,
  invitation,
} from "../views/connections.ts";
import { notice } from "../views/notice.ts";
import type { Action, Form, Outcome, Sent, Values } from "./action.ts";
import { metaText, type Noun } from "./nouns.ts";

const title = "Connect a tool";

const add: Action = {
  id: "connection.add",
  on: () => ({
    kind: "opens",
    title,
    fill: async (at) => chooseTool(await at.do("connectors.list", {}), undefined),
  }),
};

const check: Action = {
  id: "connection.check",
  on: ({ value }) => ({
    kind: "does",
    run: async (at) => ({
      kind: "private",
      message: connectionChecked(await at.do("connections.check", { connection: value })),
    }),
  }),
};

const invite: Action = {
  id: "connection.invite",
  on: ({ value }) => ({
    kind: "does",
    run: async (at) =>
      toAsker(invitation(value, await at.do("connections.invite", { connection: value }))),
  }),
};

const remove: Action = {
  id: "connection.remove",
  on: ({ value }) => ({
    kind: "does",
    async run(at) {
      return toAsker([connectionRemoved(await at.do("connections.remove", { connection: value }))]);
    },
  }),
};

const choose: Form = {
  id: "connection.choose",
  async submit({ meta, values }, at) {
    const connector = values["connector"] ?? "";
    const name = String(meta["name"] ?? "") || (await freeName(connector, at));
    return { kind: "modal", modal: await describe(connector, name, at) };
  },
};

const more: Action = {
  id: "connection.more",
  on: ({ value, view }) => ({
    kind: "turns",
    fill: (at) => describe(value, view?.values["name"] ?? "", at, true),
  }),
};

async function describe(connector: string, name: string, at: At, all = false): Promise<Modal> {
  const facts = await factsOf(connector, at);
  return facts
    ? describeConnection(facts, name, all)
    : notice(title, [section(mrkdwn`There is no connector ${connector} any more.`)]);
}

const factsOf = async (connector: string, at: At) =>
  (await at.do("connectors.list", {})).find((one) => one.name === connector);

/** The tool's own name while nothing has it, then with a number. */
async function freeName(connector: string, at: At): Promise<string> {
  const taken = new Set(
    (await at.do("connections.list", {})).map(({ connection }): string => connection.name),
  );
  let [name, n] = [connector, 1];
  while (taken.has(name)) name = `${connector}-${String(++n)}`;
  return name;
}

const register: Form = { id: "connection.add", submit: registerWith };

/** Everything that can be checked without looking anywhere is checked at its input. */
async function registerWith({ meta, values }: Sent, at: At): Promise<Outcome> {
  const errors = mistakes(values);
  if (Object.keys(errors).length > 0) return { kind: "errors", errors };
  const connector = metaText(meta, "connector");
  const facts = meta["all"] === 1 ? undefined : await factsOf(connector, at);
  const whole = facts === undefined ? values : { ...usualOfHidden(facts), ...values };
  const view = await at.do("connections.add", inputOf(connector, whole));
  if (!view.signedIn) return { kind: "modal", modal: notice(title, connectionAdded(view)) };
  return {
    kind: "meanwhile",
    modal: notice(title, connectionAdded(view)),
    async after() {
      const checked = await at.do("connections.check", { connection: view.connection.name });
      return notice(title, connectionChecked(checked).blocks);
    },
  };
}

function mistakes(values: Values): Record<string, string> {
  const errors: Record<string, string> = {};
  if (!namePattern.test(values["name"]?.trim() ?? "")) errors["name"] = `Please use ${nameRule}.`;
  for (const [block, value] of Object.entries(values)) {
    if (block.startsWith("secret:") && value !== "" && !/^(env|file):[\w./-]+$/.test(value.trim()))
      errors[block] =
        "Only env:NAME or file:NAME here. If this was the credential itself, please rotate it: it has passed through Slack.";
    else if (looksLikeSecret(value) && block !== "base_url")
      errors[block] =
        "This looks like a key or a token. Please rotate it: it has passed through Slack.";
  }
  return errors;
}

function inputOf(connector: string, values: Values): Operations["connections.add"]["in"] {
  const settings = given(values, `setting:${connector}:`);
  const credential = Object.fromEntries(
    Object.entries(given(values, `secret:${connector}:`)).map(([path, value]) => [
      path.slice(path.indexOf(":") + 1),
      value,
    ]),
  );
  const baseUrl = values["base_url"]?.trim() ?? "";
  return {
    name: values["name"]?.trim() ?? "",
    connector,
    settings,
    ...(baseUrl === "" ? {} : { baseUrl }),
    ...(Object.keys(credential).length === 0 ? {} : { credential }),
  };
}

const given = (values: Values, prefix: string): Record<string, string> =>
  Object.fromEntries(
    Object.entries(values)
      .filter(([block, value]) => block.startsWith(prefix) && value.trim() !== "")
      .map(([block, value]) => [block.slice(prefix.length), value.trim()]),
  );

export default {
  actions: [add, more, check, invite, remove],
  forms: [choose, register],
} satisfies Noun;
