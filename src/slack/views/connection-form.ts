import type {
  ConnectorFacts,
  CredentialForm,
  SettingFacts,
} from "#domain/ports/connector-facts.ts";
import { nameRule } from "#domain/ids.ts";
import type { KnownBlock } from "@slack/types";
import { actions, button, context, input, option, plain, section } from "../blocks.ts";
import type { Modal } from "../message.ts";
import { mrkdwn } from "../text/markup.ts";
import { notice } from "./notice.ts";

export const settingBlock = (connector: string, name: string): string =>
  `setting:${connector}:${name}`;
export const secretBlock = (connector: string, form: string, name: string): string =>
  `secret:${connector}:${form}:${name}`;

/** First page: which tool. The second follows from its manifest. */
export function chooseTool(catalogue: readonly ConnectorFacts[], name: string | undefined): Modal {
  if (catalogue.length === 0)
    return notice("Connect a tool", [
      section(mrkdwn`No connector is installed. Each is a file in \`manifests/connectors\`.`),
    ]);
  const options = catalogue.slice(0, 100).map((facts) => ({
    ...option(facts.title, facts.name),
    ...(facts.about === "" ? {} : { description: plain(facts.about, 75) }),
  }));
  return {
    form: "connection.choose",
    title: "Connect a tool",
    submit: "Next",
    close: "Cancel",
    meta: name === undefined ? {} : { name },
    blocks: [
      input("connector", "Tool", {
        type: "static_select",
        action_id: "value",
        options,
        placeholder: plain("Choose a tool", 150),
      }),
    ],
  };
}

/**
 * Second page: its name and what the manifest asks for. With `all` also what few need: columns of other
 * names, what can be chosen later, a credential that is kept on the machine, another base address.
 */
export function describeConnection(facts: ConnectorFacts, name: string, all = false): Modal {
  return {
    form: "connection.add",
    title: "Connect a tool",
    submit: "Register",
    close: "Cancel",
    meta: { connector: facts.name, all: all ? 1 : 0 },
    blocks: [
      section(mrkdwn`*${facts.title}*  ${facts.about}`),
      input(
        "name",
        "Name",
        {
          type: "plain_text_input",
          action_id: "value",
          max_length: 50,
          placeholder: plain("crm, books, shop…", 150),
          ...(name === "" ? {} : { initial_value: name }),
        },
        { hint: `What your team calls it: ${nameRule}.` },
      ),
      ...shownSettings(facts, all).map((setting) =>
        input(
          settingBlock(facts.name, setting.name),
          setting.label,
          {
            type: "plain_text_input",
            action_id: "value",
            max_length: 500,
            multiline: setting.kind === "columns",
            ...initially(setting.usual),
          },
          {
            hint: hintOf(setting),
            optional: setting.optional || setting.brought,
          },
        ),
      ),
      ...(all ? [...credentialBlocks(facts), baseAddress(facts)] : nextStep(facts)),
    ],
  };
}

const shownSettings = ({ settings }: ConnectorFacts, all: boolean): ConnectorFacts["settings"] =>
  settings.filter((setting) => all || !isHidden(setting)).slice(0, 40);

/** Few need columns of other names, and what can be chosen after signing in nobody has to know. */
const isHidden = ({ kind, chosen }: SettingFacts): boolean => kind === "columns" || chosen === true;

const nextStep = (facts: ConnectorFacts): KnownBlock[] => [
  context(
    mrkdwn`Next you sign in, or give a key, on a page that opens once. Nothing secret is typed here.`,
  ),
  actions(button("More settings", "connection.more", facts.name)),
];

/** What is usual here for inputs that are not shown, as if somebody had left them in the form. */
export function usualOfHidden(facts: ConnectorFacts): Record<string, string> {
  const settings = facts.settings
    .filter(isHidden)
    .map(({ name, usual }) => [settingBlock(facts.name, name), usual] as const);
  const secrets = facts.credentials.flatMap((form) =>
    form.fields.map(
      ({ name, usual }) => [secretBlock(facts.name, form.name, name), usual] as const,
    ),
  );
  return Object.fromEntries(
    [...settings, ...secrets].flatMap(([block, usual]) =>
      usual === undefined ? [] : [[block, usual]],
    ),
  );
}

const baseAddress = (facts: ConnectorFacts): KnownBlock =>
  input(
    "base_url",
    "Base address",
    {
      type: "plain_text_input",
      action_id: "value",
      max_length: 500,
      placeholder: plain(facts.hosts.map((host) => `https://${host}`).join(", "), 150),
    },
    { hint: "Leave it empty: it is for a sandbox on this machine.", optional: true },
  );

function hintOf({ about, brought, chosen }: SettingFacts): string {
  if (chosen === true) return `${about} Leave it empty to choose it after signing in.`;
  if (!brought) return about;
  return `${about} Leave it empty if you sign in through the browser, which fills it in.`;
}

const initially = (value: string | undefined) =>
  value === undefined ? {} : { initial_value: value };

function credentialBlocks(facts: ConnectorFacts): KnownBlock[] {
  const forms = facts.credentials.slice(0, 5);
  return [
    context(
      mrkdwn`The credential itself is never typed here. Leave this empty and sign in or give it on a one-time page, or say where it is kept on the machine: \`env:NAME\` or \`file:NAME\`.`,
    ),
    ...forms.flatMap((form) => [
      context(mrkdwn`*${forms.length > 1 ? "One way" : "What it takes"}:* ${form.about}`),
      ...credentialInputs(facts, form),
    ]),
  ];
}

const credentialInputs = (facts: ConnectorFacts, form: CredentialForm) =>
  form.fields
    .filter(({ brought }) => !brought)
    .slice(0, 8)
    .map((field) =>
      input(
        secretBlock(facts.name, form.name, field.name),
        field.label,
        {
          type: "plain_text_input",
          action_id: "value",
          max_length: 200,
          placeholder: plain("env:NAME or file:NAME", 150),
          ...initially(field.usual),
        },
        { optional: true },
      ),
    );
