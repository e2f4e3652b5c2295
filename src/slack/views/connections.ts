import type { Health } from "#domain/ports/tools.ts";
import type { ConnectionView } from "#operations/contract.ts";
import type { KnownBlock } from "@slack/types";
import { actions, button, confirm, context, linkButton, section, words } from "../blocks.ts";
import { message, type Message } from "../message.ts";
import { lines, md, person, type Markup } from "../text/markup.ts";
import { clock } from "../text/when.ts";

const shown = 40;

/** Every connection with the one next step it needs. */
export function connectionList(connections: readonly ConnectionView[]): Message {
  const add = actions(button("Connect a tool", "connection.add", "new", { style: "primary" }));
  if (connections.length === 0)
    return message([
      section(md`
No tool is connected yet. A connection is one account of a tool, under a name your team knows it by: \`crm\`, \`books\`.
      `),
      add,
    ]);
  const rest = connections.length - shown;
  return message([
    section(md`
_Connections_
    `),
    ...connections.slice(0, shown).map(connectionLine),
    ...(rest > 0 ? [context(md`And ${rest} more.`)] : []),
    add,
  ]);
}

const stateOf = ({ signedIn }: ConnectionView): Markup =>
  signedIn
    ? md`
✓ _Signed in_
      `
    : md`
● _Not signed in_
      `;

function connectionLine(view: ConnectionView): KnownBlock {
  const { connection, title, signedIn, usedBy } = view;
  const facts = [
    usedBy.length > 0 ? `used by ${usedBy.slice(0, 5).join(", ")}` : "not used by a flow",
  ];
  const text = lines(
    md`${stateOf(view)}  *${connection.name}*  ${title}`,
    md`${facts.join(" · ")}${connection.owner === null ? md`` : md` · owner ${person(connection.owner)}`}`,
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
          md`✓ *${name}* works  ${title}`,
          md`Signed in as ${health.account}.`,
          health.can.length > 0 ? md`It can: ${health.can.join(", ")}.` : undefined,
          health.limits === "" ? undefined : md`Limits: ${health.limits}`,
        ),
      ),
    ]);
  return message([
    section(md`● *${name}* does not work  ${title}`),
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
    md`Give the credential of *${connection}* on this page. It opens once, until ${clock(expires)}, and goes straight into our own encrypted store. Please never type it into Slack.`,
  ),
  actions(linkButton("Open the page", url)),
];

/** Registered, and what comes next. */
export function connectionAdded(view: ConnectionView): KnownBlock[] {
  const { connection, title, signedIn } = view;
  if (!signedIn)
    return [
      section(md`*${connection.name}* (${title}) is registered. Now it needs its credential.`),
      actions(button("Sign in", "connection.invite", connection.name, { style: "primary" })),
    ];
  return [
    section(md`*${connection.name}* (${title}) is registered and has its credential.`),
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
