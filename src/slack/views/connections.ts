import type { Health } from "#domain/ports/tools.ts";
import type { ConnectionView } from "#operations/contract.ts";
import type { KnownBlock } from "@slack/types";
import { actions, button, confirm, context, linkButton, section, words } from "../blocks.ts";
import { message, type Message } from "../message.ts";
import { lines, mrkdwn, person, type Markup } from "../text/markup.ts";
import { clock } from "../text/when.ts";

const shown = 40;

/** Every connection with the one next step it needs. */
export function connectionList(connections: readonly ConnectionView[]): Message {
  const add = actions(button("Connect a tool", "connection.add", "new", { style: "primary" }));
  if (connections.length === 0)
    return message([
      section(
        mrkdwn`No tool is connected yet. A connection is one account of a tool, under a name your team knows it by: \`crm\`, \`books\`.`,
      ),
      add,
    ]);
  const rest = connections.length - shown;
  return message([
    section(mrkdwn`*Connections*`),
    ...connections.slice(0, shown).map(connectionLine),
    ...(rest > 0 ? [context(mrkdwn`And ${rest} more.`)] : []),
    add,
  ]);
}

const stateOf = ({ signedIn }: ConnectionView): Markup =>
  signedIn ? mrkdwn`✓ *Signed in*` : mrkdwn`● *Not signed in*`;

function connectionLine(view: ConnectionView): KnownBlock {
  const { connection, title, signedIn, usedBy } = view;
  const facts = [
    usedBy.length > 0 ? `used by ${usedBy.slice(0, 5).join(", ")}` : "not used by a flow",
  ];
  const text = lines(
    mrkdwn`${stateOf(view)}  *${connection.name}*  ${title}`,
    mrkdwn`${facts.join(" · ")}${connection.owner === null ? mrkdwn`` : mrkdwn` · owner ${person(connection.owner)}`}`,
  );
  return signedIn
    ? section(text, button("Check", "connection.check", connection.name))
    : section(text, button("Sign in", "connection.invite", connection.name, { style: "primary" }));
}

/** What a live look at a connection found. */
export function connectionChecked(view: ConnectionView & { health: Health }): Message {
  const { connection, title, health } = view;
  const name = connection.name;
  if (health.ok)
    return message([
      section(
        lines(
          mrkdwn`✓ *${name}* works  ${title}`,
          mrkdwn`Signed in as ${health.account}.`,
          health.can.length > 0 ? mrkdwn`It can: ${health.can.join(", ")}.` : undefined,
          health.limits === "" ? undefined : mrkdwn`Limits: ${health.limits}`,
        ),
      ),
    ]);
  return message([
    section(mrkdwn`● *${name}* does not work  ${title}`),
    words(health.problem, 1000),
    actions(
      button("Sign in again", "connection.invite", name, { style: "primary" }),
      button("Check again", "connection.check", name),
    ),
  ]);
}

/** The way to the one-time page; only ever shown to the one who asked for it. */
export const invitation = (
  connection: string,
  { url, expires }: { url: string; expires: Temporal.Instant },
): KnownBlock[] => [
  section(
    mrkdwn`Give the credential of *${connection}* on this page. It opens once, until ${clock(expires)}, and goes straight into our own encrypted store. Please never type it into Slack.`,
  ),
  actions(linkButton("Open the page", url)),
];

/** Registered, and what comes next. */
export function connectionAdded(view: ConnectionView): KnownBlock[] {
  const { connection, title, signedIn } = view;
  if (!signedIn)
    return [
      section(mrkdwn`*${connection.name}* (${title}) is registered. Now it needs its credential.`),
      actions(button("Sign in", "connection.invite", connection.name, { style: "primary" })),
    ];
  return [
    section(mrkdwn`*${connection.name}* (${title}) is registered and has its credential.`),
    actions(button("Check it", "connection.check", connection.name, { style: "primary" })),
  ];
}

export const removeButton = (name: string) =>
  button("Remove", "connection.remove", name, {
    style: "danger",
    confirm: confirm(
      `Remove ${name}?`.slice(0, 100),
      "Its credential is forgotten. What was written with it stays as it is.",
      "Remove",
      "danger",
    ),
  });
