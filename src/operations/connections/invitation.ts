import type { Connection, Secret } from "#domain/connection.ts";
import { Mistake } from "#domain/errors.ts";
import type { ConnectorFacts, CredentialForm } from "#domain/ports/tools.ts";
import { listed } from "../nearest.ts";
import { standingOf } from "../roles.ts";
import type { World } from "../world.ts";
import { lookLive } from "./look-live.ts";
import { signedInAgain } from "./signed-in-again.ts";

/** What the one-time page asks for; made from the connector's manifest. */
export type InvitationForm = {
  connection: string;
  title: string;
  askedBy: string;
  ways: readonly CredentialForm[];
};

/** `can`: what the credential may do there, in words. */
export type Redeemed = { account: string; can: readonly string[] } | { problem: string };

const longest = 8192;
const over = "This link was used already or has expired. Ask for a new one in Slack.";

/** Undefined when the link was used or has expired. Looking does not use it up. */
export async function lookAtInvitation(
  world: World,
  token: string,
): Promise<InvitationForm | undefined> {
  const invited = await openInvitation(world, token);
  const connection = invited && (await world.registry.connection(invited.connection));
  const facts = connection && world.tools.facts(connection.connector);
  if (invited === undefined || facts === undefined) return undefined;
  return {
    connection: invited.connection,
    title: facts.title,
    askedBy: invited.user,
    ways: facts.credentials,
  };
}

/**
 * Uses the invitation up, keeps the credential encrypted and looks at the connection live. A form that
 * is not filled in leaves the invitation as it is.
 * @throws Mistake when the link is over or the values are not those of one way of signing in
 */
export async function redeemInvitation(
  world: World,
  token: string,
  values: Readonly<Record<string, string>>,
): Promise<Redeemed> {
  const at = world.clock.now();
  const invited = await openInvitation(world, token);
  const connection = invited && (await world.registry.connection(invited.connection));
  const facts = connection && world.tools.facts(connection.connector);
  if (connection === undefined || facts === undefined) throw new Mistake(over);
  const secret = chosenWay(values, facts);

  const redeemed = await world.invitations.redeem(token, at);
  if (redeemed === undefined) throw new Mistake(over);
  await world.safe.keep(connection.name, secret);
  const signed: Connection = { ...connection, credential: keptSources(secret) };
  await world.registry.save({ connections: [signed], flows: [] });

  const health = await lookLive(world, signed);
  await world.audit.append({
    at: world.clock.now(),
    actor: redeemed.user,
    operation: "connections.sign-in",
    input: JSON.stringify({ connection: connection.name, fields: Object.keys(secret) }),
    outcome: health.ok ? "done" : "failed",
    detail: health.ok ? "" : "kept, but the tool did not accept it",
  });
  if (!health.ok) return { problem: health.problem };
  await signedInAgain(world, signed, redeemed.user);
  return { account: health.account, can: health.can };
}

/** One that is still good, of somebody who still may: a role can be taken away within the ten minutes. */
async function openInvitation(world: World, token: string) {
  const invited = await world.invitations.peek(token, world.clock.now());
  if (invited === undefined || !/^[UW][A-Z0-9]+$/.test(invited.user)) return invited;
  const team = world.about.teamId() ?? "";
  const { role } = await standingOf(world, { kind: "slack", team, user: invited.user });
  return role === "admin" ? invited : undefined;
}

/** The values of the way of signing in that they fill, blanks left out. */
function chosenWay(
  values: Readonly<Record<string, string>>,
  { credentials, title }: ConnectorFacts,
): Secret {
  const filled = Object.entries(values)
    .map(([name, value]) => [name, value.trim()] as const)
    .filter(([, value]) => value !== "");
  const names = filled.map(([name]) => name);
  const way = credentials.find(
    ({ fields }) =>
      fields.every(({ name, optional }) => optional || names.includes(name)) &&
      names.every((name) => fields.some((field) => field.name === name)),
  );
  if (way === undefined || filled.length === 0)
    throw new Mistake(`${title} needs ${credentials.map(needed).join(", or ")}.`, { usage: true });
  if (filled.some(([, value]) => value.length > longest || /[\p{Cs}\0]/u.test(value)))
    throw new Mistake(`A value is at most ${longest} characters of text.`, { usage: true });
  return Object.fromEntries(filled);
}

const needed = ({ fields }: CredentialForm): string =>
  listed(
    fields.filter(({ optional }) => !optional).map(({ label }) => label),
    12,
  );

const keptSources = (secret: Secret): Connection["credential"] =>
  Object.fromEntries(Object.keys(secret).map((name) => [name, { kind: "kept" }]));
