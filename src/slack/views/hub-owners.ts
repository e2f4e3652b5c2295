import type { OwnerRule } from "#domain/ownership.ts";
import type { OwnershipView } from "#operations/contract.ts";
import { button, context, input, option, section } from "../blocks.ts";
import { message, type Message, type Modal } from "../message.ts";
import { lines, mrkdwn, person, type Markup } from "../text/markup.ts";
import { moment } from "../text/when.ts";

export const ownersTitle = "Whose value counts";

/** For each kind of record in the hub, whose value counts, and the way to change it. */
export function hubOwners(entities: readonly OwnershipView[]): Message {
  if (entities.length === 0)
    return message([
      section(
        mrkdwn`Nothing goes to the hub yet. It keeps what your tools have of a customer, a deal or a task in one record; a flow to it is made with \`/sync new\`.`,
      ),
    ]);
  return message([
    section(mrkdwn`*In the hub*, where tools have another value of the same field:`),
    ...entities.map((view) => section(ownersText(view), changeButton(view))),
  ]);
}

export const changeButton = ({ entity }: OwnershipView) => button("Change", "hub.owners", entity);

export function ownersText({ many, ownership, connections, changed }: OwnershipView): Markup {
  const { default: usual, fields } = ownership;
  const own = Object.entries(fields).map(([name, rule]) => mrkdwn`${name}: ${ruleText(rule)}`);
  const from = connections.length === 0 ? "no flow yet" : connections.join(", ");
  return lines(
    mrkdwn`*${many}*, from ${from}: ${ruleText(usual)}`,
    ...own,
    changed === null ? undefined : mrkdwn`Since ${moment(changed.at)}, by ${person(changed.by)}`,
  );
}

function ruleText(rule: OwnerRule): string {
  switch (rule.kind) {
    case "newest":
      return "the newest counts";
    case "filled":
      return "a filled one counts, of two the newest";
    case "order":
      return `${rule.connections.join(" before ")}, then the rest`;
    default:
      return rule satisfies never;
  }
}

const choices = [
  option("The newest, as the tools say", "newest"),
  option("A filled one before an empty one, then the newest", "filled"),
  option("That of the connection which stands first, below", "order"),
];

/** The form in which an admin says whose value counts. */
export function ownersForm(view: OwnershipView): Modal {
  const { entity, many, ownership, version, connections } = view;
  const { default: usual, fields } = ownership;
  const chosen = choices.find(({ value }) => value === usual.kind);
  const order = usual.kind === "order" ? usual.connections.join(", ") : "";
  const own = Object.entries(fields).map(([name, rule]) => `${name}: ${typed(rule)}`);
  return {
    form: "hub.set-owners",
    title: ownersTitle,
    submit: "Save",
    close: "Cancel",
    meta: { entity, version },
    blocks: [
      section(
        mrkdwn`Where tools have another value of the same field of *${many}*, this one counts:`,
      ),
      input("rule", "Whose value counts", {
        type: "radio_buttons",
        action_id: "value",
        options: choices,
        ...(chosen && { initial_option: chosen }),
      }),
      input("order", "Order of connections", text(order, false), {
        hint: `The first counts most, such as ${example(connections)}. Those that are not named come last.`,
        optional: true,
      }),
      input("fields", "Fields with another rule", text(own.join("\n"), true), {
        hint: `One on each line: phone: newest, email: filled, or name: ${example(connections)}.`,
        optional: true,
      }),
      context(
        mrkdwn`It counts for what comes from now on. What is in the hub already stays until then.`,
      ),
    ],
  };
}

const typed = (rule: OwnerRule): string =>
  rule.kind === "order" ? rule.connections.join(", ") : rule.kind;

const example = (connections: readonly string[]): string =>
  connections.length > 1 ? connections.slice(0, 3).join(", ") : "books, crm";

const text = (value: string, multiline: boolean) => ({
  type: "plain_text_input" as const,
  action_id: "value",
  multiline,
  max_length: 2000,
  ...(value === "" ? {} : { initial_value: value }),
});
