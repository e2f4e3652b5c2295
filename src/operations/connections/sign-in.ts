import type { Connection } from "#domain/connection.ts";
import { isSystemic, Mistake, NotAllowed } from "#domain/errors.ts";
import type { Arrival, Begun, Client, Trip } from "#domain/ports/sign-in.ts";
import type { World } from "../world.ts";
import { isStillAdmin, openInvitation, over } from "./invitation.ts";
import { redirectOf } from "./redirect.ts";
import type { Redeemed } from "./conclude.ts";
import { takeCredential } from "./take-credential.ts";

const minutes = 10;
const patienceMs = 30_000;

const tooLate =
  "This sign-in was used already, or took longer than ten minutes. Ask for a new link in Slack.";
const elsewhere =
  "This sign-in was begun in another browser. Ask for a new link in Slack and open it in this one.";
const astray =
  "This answer came back to another address than it was asked from, and nothing was kept. Ask for a new link in Slack.";

type Start = {
  token: string;
  way: string;
  /** Null: the one that is known. */
  client: Client | null;
  /** The mark this browser has already. */
  browser: string | null;
};

/**
 * Begins a sign-in on a one-time page: where to send the browser, and the mark that has to be in it when
 * it comes back. The page stays good until a sign-in has worked.
 * @throws Mistake when the link is over, or the app's client is needed
 */
export async function beginSignIn(
  world: World,
  { token, way, client, browser }: Start,
): Promise<{ to: string; browser: string }> {
  const invited = await openInvitation(world, token);
  if (invited === undefined) throw new Mistake(over);
  const { connection, facts, user } = invited;
  if (!facts.credentials.some((form) => form.name === way && form.browser))
    throw new Mistake(`${facts.title} has no such way of signing in.`, { usage: true });
  if (client === null && !(await world.tools.knowsClient(connection)))
    throw new Mistake(`${facts.title} needs the client id and secret of your app.`, {
      usage: true,
    });
  const { connector } = connection;
  const redirect = redirectOf(world, connector);
  const team = world.about.teamId() ?? "";
  const begun: Begun = {
    connection: connection.name,
    connector,
    way,
    user,
    team,
    redirect,
    client,
  };
  const expires = world.clock.now().add({ minutes });
  const mark = await world.signIns.begin(begun, { invitation: token, browser, expires });
  const trip = { way, redirect, client, ...mark };
  return { to: await world.tools.consentAt(connection, trip), browser: mark.browser };
}

type Return = {
  /** Whose address it came back to. */
  connector: string;
  browser: string | null;
  /** The query the tool sent the browser back with. */
  answered: Readonly<Record<string, string>>;
};

/**
 * Finishes a sign-in: everything it was bound to is looked at again before anything is kept.
 * @throws Mistake one sentence that says what to do
 */
export async function finishSignIn(
  world: World,
  back: Return,
): Promise<Redeemed & { title: string; connection: string }> {
  const { browser, answered } = back;
  const state = answered["state"] ?? "";
  const begun = await world.signIns.take(state, browser, world.clock.now());
  if (begun === undefined) throw new Mistake(tooLate);
  const refuse = async (sentence: string): Promise<never> => {
    await noteRefusal(world, begun, sentence);
    throw new Mistake(sentence);
  };
  const found = await boundTo(world, begun, back.connector);
  if (typeof found === "string") return refuse(found);
  const { connection, title } = found;

  const arrival = await arrive(world, connection, { ...begun, state }, answered);
  if (!arrival.ok) return refuse(arrival.problem);
  await world.signIns.done(begun.page);
  if (begun.client !== null) await world.apps.keep(connection, begun.client);
  const redeemed = await takeCredential(world, {
    connection,
    user: begun.user,
    renewed: arrival,
    settings: arrival.settings,
    references: begun.client === null ? clientReferences(connection) : {},
  });
  return { ...redeemed, title, connection: connection.name };
}

/** The connection, if the sign-in came back to where, to whom and to what it was begun for; else why not. */
async function boundTo(
  world: World,
  begun: Begun & { sameBrowser: boolean },
  connector: string,
): Promise<{ connection: Connection; title: string } | string> {
  if (!begun.sameBrowser) return elsewhere;
  if (begun.connector !== connector || begun.redirect !== redirectOf(world, connector))
    return astray;
  const connection = await world.registry.connection(begun.connection);
  const facts = connection && world.tools.facts(connection.connector);
  if (connection?.connector !== connector || facts === undefined) return tooLate;
  return (await isStillTheirs(world, begun)) ? { connection, title: facts.title } : tooLate;
}

/** Whatever goes wrong on the way is a sentence. */
async function arrive(
  { tools }: World,
  connection: Connection,
  trip: Trip,
  answered: Return["answered"],
): Promise<Arrival> {
  const patience = AbortSignal.timeout(patienceMs);
  try {
    return await tools.arrive(connection, trip, answered, patience);
  } catch (error) {
    if (error instanceof Mistake) return { ok: false, problem: error.message };
    if (!isSystemic(error) && !patience.aborted) throw error;
    const why = isSystemic(error) ? error.message : `no answer in ${patienceMs / 1000} seconds`;
    return {
      ok: false,
      problem: `The sign-in could not be finished (${why}). Try again, or ask for a new link in Slack.`,
    };
  }
}

/** A role can be taken away, and Slack's workspace changed, within the ten minutes. */
async function isStillTheirs(world: World, { user, team }: Begun): Promise<boolean> {
  if (team !== (world.about.teamId() ?? "")) return false;
  return isStillAdmin(world, user).catch((error: unknown) => {
    if (error instanceof NotAllowed) return false;
    throw error;
  });
}

/** A client whose place is said to be on this machine stays there. */
const clientReferences = ({ credential }: Connection): Connection["credential"] =>
  Object.fromEntries(
    Object.entries(credential).filter(
      ([name, { kind }]) => kind !== "kept" && ["client_id", "client_secret"].includes(name),
    ),
  );

const noteRefusal = (world: World, { connection, user }: Begun, detail: string) =>
  world.audit.append({
    at: world.clock.now(),
    actor: user,
    operation: "connections.sign-in",
    input: JSON.stringify({ connection }),
    outcome: "refused",
    detail,
  });
