import type { Connection, Secret } from "#domain/connection.ts";
import { Mistake, SignInAgain } from "#domain/errors.ts";
import type { Choosable } from "#domain/ports/choices.ts";
import type { CredentialForm } from "#domain/ports/connector-facts.ts";
import { listed } from "../nearest.ts";
import { standingOf } from "../roles.ts";
import type { World } from "../world.ts";
import { keepSigningSecret, secretField, signingForm } from "../hooks/signing-secret.ts";
import { choicesNow, isUnsettled } from "./choosing.ts";
import type { Redeemed } from "./conclude.ts";
import { redirectOf } from "./redirect.ts";
import { takeCredential } from "./take-credential.ts";
import { connectionView } from "./view.ts";

/** What the one-time page offers; made from the connector's manifest. */
export type InvitationForm = {
  connection: string;
  title: string;
  askedBy: string;
  ways: readonly InvitedWay[];
  /** What is to be chosen now instead, by whoever has signed in; empty where nothing is. */
  open: readonly Choosable[];
};

/** A way of signing in: values to give, or the tool's own page to go to. */
export type InvitedWay = Pick<CredentialForm, "name" | "about"> & {
  /** `messages`: it signs nobody in, but says what the tool's messages are signed with. */
  gives: "credential" | "messages";
  fields: CredentialForm["fields"];
  browser: {
    /** Whether the app's client is known already; one may be given all the same. */
    clientKnown: boolean;
    /** What has to be entered as the app's redirect address at the tool. */
    redirect: string;
  } | null;
};

const longest = 8192;
export const over = "This link was used already or has expired. Ask for a new one in Slack.";

/**
 * Undefined when the link was used or has expired. Looking does not use it up. `choosing`: the person has
 * just signed in, and chooses also what nobody needs.
 */
export async function lookAtInvitation(
  world: World,
  token: string,
  choosing = false,
): Promise<InvitationForm | undefined> {
  const invited = await openInvitation(world, token);
  if (invited === undefined) return undefined;
  const { connection, facts, user } = invited;
  return {
    connection: connection.name,
    title: facts.title,
    askedBy: user,
    ways: await Promise.all(
      (await formsOf(world, invited)).map((form) => invitedWay(world, connection, form)),
    ),
    open: await toChoose(world, connection, choosing),
  };
}

/** Nothing for who has to sign in first. */
async function toChoose(
  world: World,
  connection: Connection,
  choosing: boolean,
): Promise<readonly Choosable[]> {
  if (!choosing && !isUnsettled(world, connection)) return [];
  if (!(await connectionView(world, connection)).signedIn) return [];
  return choicesNow(world, connection).catch((error: unknown) => {
    if (error instanceof SignInAgain) return [];
    throw error;
  });
}

async function invitedWay(
  world: World,
  connection: Connection,
  { name, about, fields, browser }: CredentialForm,
): Promise<InvitedWay> {
  const asked = fields.filter(({ brought }) => !brought);
  const gives = name === secretField ? "messages" : "credential";
  if (!browser) return { name, about, gives, fields: asked, browser: null };
  const clientKnown = await world.tools.knowsClient(connection);
  const redirect = redirectOf(world, connection.connector);
  return { name, about, gives, fields: asked, browser: { clientKnown, redirect } };
}

/**
 * Uses the invitation up, keeps the credential encrypted and looks at the connection live. A form that
 * is not filled in leaves the invitation as it is. `ends`: when the key ends, where the person knows.
 * @throws Mistake when the link is over or the values are not those of one way of signing in
 */
export async function redeemInvitation(
  world: World,
  token: string,
  values: Readonly<Record<string, string>>,
  ends: string | null = null,
): Promise<Given> {
  const at = world.clock.now();
  const invited = await openInvitation(world, token);
  if (invited === undefined) throw new Mistake(over);
  const { connection } = invited;
  const secret = chosenWay(values, await formsOf(world, invited), invited.facts.title);
  const expires = ends === null ? null : endOfKey(ends, at);

  const redeemed = await world.invitations.redeem(token, at);
  if (redeemed === undefined) throw new Mistake(over);
  const { user } = redeemed;
  const { [secretField]: signing } = secret;
  if (signing !== undefined) {
    await keepSigningSecret(world, { connection, user, secret: signing });
    return { learned: true };
  }
  return takeCredential(world, {
    connection,
    user,
    renewed: { secret, expires },
    settings: {},
    references: {},
  });
}

/** What came of it: signed in, or what messages are signed with is known. */
export type Given = Redeemed | { learned: true };

type Invited = NonNullable<Awaited<ReturnType<typeof openInvitation>>>;

/** All that can be given on the page of a connection. */
async function formsOf(
  world: World,
  { connection, facts }: Pick<Invited, "connection" | "facts">,
): Promise<readonly CredentialForm[]> {
  const signing = await signingForm(world, connection, facts);
  return signing === undefined ? facts.credentials : [...facts.credentials, signing];
}

/** One that is still good, of somebody who still may: a role can be taken away within the ten minutes. */
export async function openInvitation(world: World, token: string) {
  const invited = await world.invitations.peek(token, world.clock.now());
  if (invited === undefined || !(await isStillAdmin(world, invited.user))) return undefined;
  const connection = await world.registry.connection(invited.connection);
  const facts = connection && world.tools.facts(connection.connector);
  return facts && { ...invited, connection, facts };
}

/** Whoever asked from a terminal could read the master key, and still can. */
export async function isStillAdmin(world: World, user: string): Promise<boolean> {
  if (!/^[UW][A-Z0-9]+$/.test(user)) return true;
  const team = world.about.teamId() ?? "";
  const { role } = await standingOf(world, { kind: "slack", team, user });
  return role === "admin";
}

/** The values of the way of signing in that they fill, blanks left out. */
function chosenWay(
  values: Readonly<Record<string, string>>,
  forms: readonly CredentialForm[],
  title: string,
): Secret {
  const given = forms.filter(({ browser }) => !browser);
  const filled = Object.entries(values)
    .map(([name, value]) => [name, value.trim()] as const)
    .filter(([, value]) => value !== "");
  const names = filled.map(([name]) => name);
  const way = given.find(
    ({ fields }) =>
      fields.every(({ name, optional }) => optional || names.includes(name)) &&
      names.every((name) => fields.some((field) => field.name === name)),
  );
  if (way === undefined || filled.length === 0)
    throw new Mistake(`${title} needs ${given.map(needed).join(", or ")}.`, { usage: true });
  if (filled.some(([, value]) => value.length > longest || /[\p{Cs}\0]/u.test(value)))
    throw new Mistake(`A value is at most ${longest} characters of text.`, { usage: true });
  return Object.fromEntries(filled);
}

const needed = ({ fields }: CredentialForm): string =>
  listed(
    fields.filter(({ optional }) => !optional).map(({ label }) => label),
    12,
  );

/** A key is good until its last day begins. @throws Mistake */
function endOfKey(day: string, now: Temporal.Instant): Temporal.Instant {
  const shaped = /^20\d\d-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/.test(day);
  const end = shaped ? Temporal.Instant.from(`${day.slice(0, 8)}01T00:00Z`) : null;
  const last = end?.add({ hours: 24 * (Number(day.slice(8)) - 1) });
  if (last === undefined || Temporal.Instant.compare(last, now) <= 0)
    throw new Mistake("The day on which the key ends is a date to come, such as 2027-03-31.", {
      usage: true,
    });
  return last;
}
