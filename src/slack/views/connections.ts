import type { Health, Sample, ScopesFound } from "#domain/ports/tools.ts";
import type { ConnectionView, Operations } from "#operations/contract.ts";
import type { KnownBlock } from "@slack/types";
import { actions, button, confirm, context, linkButton, section, words } from "../blocks.ts";
import { message, type Message } from "../message.ts";
import { joined, lines, mrkdwn, person, type Markup } from "../text/markup.ts";
import { masked } from "../text/mask.ts";
import { clock, moment } from "../text/when.ts";

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

const stateOf = ({ signedIn, standing }: ConnectionView): Markup => {
  if (standing.refused !== null) return mrkdwn`● *Signed out*`;
  return signedIn ? mrkdwn`✓ *Signed in*` : mrkdwn`● *Not signed in*`;
};

function connectionLine(view: ConnectionView): KnownBlock {
  const { connection, title, signedIn, usedBy, standing } = view;
  const { name, owner } = connection;
  const facts = [
    usedBy.length > 0
      ? mrkdwn`used by ${usedBy.slice(0, 5).join(", ")}`
      : mrkdwn`not used by a flow`,
    ...(standing.expires === null ? [] : [mrkdwn`sign in again by ${moment(standing.expires)}`]),
    ...(owner === null ? [] : [mrkdwn`owner ${person(owner)}`]),
  ];
  const text = lines(mrkdwn`${stateOf(view)}  *${name}*  ${title}`, joined(facts, " · "));
  if (signedIn) return section(text, button("Check", "connection.check", name));
  const label = standing.refused === null ? "Sign in" : "Reconnect";
  return section(text, button(label, "connection.invite", name, { style: "primary" }));
}

/** What a live look at a connection found. Records are masked: what is shown may be shown on. */
export function connectionChecked(view: ConnectionView & { health: Health }): Message {
  const { connection, title, health } = view;
  const name = connection.name;
  if (!health.ok)
    return message([
      section(mrkdwn`● *${name}* does not work  ${title}`),
      words(health.problem, 1000),
      actions(
        button("Reconnect", "connection.invite", name, { style: "primary" }),
        button("Check again", "connection.check", name),
      ),
    ]);
  const { account, can, limits, scopes, samples } = health;
  return message([
    section(
      lines(
        mrkdwn`✓ *${name}* works  ${title}`,
        mrkdwn`Signed in as ${account}.`,
        can.length > 0 ? mrkdwn`It can: ${can.join(", ")}.` : undefined,
        scopes === null ? undefined : scopesLine(scopes),
        limits === "" ? undefined : mrkdwn`Limits: ${limits}`,
      ),
    ),
    ...(samples.length === 0 ? [] : [context(lines(...samples.map(sampleLine)))]),
    ...(view.hooked ? [actions(button("What it is sent", "hook.show", name))] : []),
  ]);
}

const scopesLine = ({ has, more }: NonNullable<ScopesFound>): Markup => {
  const needless =
    more.length === 0 ? mrkdwn`` : mrkdwn` It does not need: ${more.join(", ").slice(0, 800)}.`;
  return mrkdwn`Allowed: ${has.join(", ").slice(0, 1000) || "nothing in particular"}.${needless}`;
};

const sampleLine = ({ object, title }: Sample): Markup =>
  title === null ? mrkdwn`${object}: none yet` : mrkdwn`${object}: ${masked(title)}, for one`;

/** The way to the one-time page; only ever shown to the one who asked for it. */
export const invitation = (
  connection: string,
  { url, expires }: { url: string; expires: Temporal.Instant },
): KnownBlock[] => [
  section(
    mrkdwn`Sign *${connection}* in on this page, or give its credential there. It opens once, until ${clock(expires)}, and what you give goes straight into our own encrypted store. Please never type it into Slack.`,
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
    section(
      mrkdwn`*${connection.name}* (${title}) is registered and has its credential. Looking whether it works…`,
    ),
  ];
}

/** Gone, and whether the tool knows it too. */
export const connectionRemoved = ({
  name,
  title,
  revoked,
}: Operations["connections.remove"]["out"]): KnownBlock =>
  section(
    mrkdwn`*${name}* is removed, and its credential forgotten.${
      revoked === null
        ? ""
        : revoked
          ? ` ${title} has ended its sign-in too.`
          : ` ${title} did not end its sign-in: remove Tieline from the connected apps there.`
    }`,
  );

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
