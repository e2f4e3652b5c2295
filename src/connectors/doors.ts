import type { Connection, Renewed } from "#domain/connection.ts";
import { Mistake, SignInAgain, Unavailable } from "#domain/errors.ts";
import type { Apps, Arrival, Client, Doors, Trip } from "#domain/ports/sign-in.ts";
import type { Vault } from "#domain/ports/tools.ts";
import type { Clock } from "#domain/ports/world.ts";
import { isWithin, signInOf } from "./address.ts";
import type { Asking } from "./auth/auth.ts";
import type { Auth, Browser } from "./auth/index.ts";
import { askTokenEndpoint } from "./auth/token-endpoint.ts";
import { brokenOff, deniedBy, lackOf, refusedBy, strangerIn } from "./arrival-problem.ts";
import type { Connector } from "./connector.ts";
import type { Egress } from "./egress.ts";
import { wayOf } from "./way.ts";

type Parts = { vault: Vault; apps: Pick<Apps, "find">; clock: Clock; egress: Egress };

/** Signing in to tools through a browser, and signing out. */
export function openDoors(
  connectorOf: (connection: Connection) => Connector,
  { vault, apps, clock, egress }: Parts,
): Doors {
  /** The one typed, else the connection's own, else the one kept for this connector. */
  const clientOf = async (connection: Connection, typed: Client | null) =>
    typed ?? (await ownClient(connection, vault)) ?? apps.find(connection);

  const asking = (connection: Connection, signal: AbortSignal): Asking => ({
    ask: askTokenEndpoint(egress, signal),
    now: clock.now(),
    at: signInOf(connectorOf(connection).manifest, connection),
  });

  const tripOf = async (connection: Connection, { client: typed, ...trip }: Trip) => {
    const connector = connectorOf(connection);
    const { title } = connector.manifest;
    const auth = connector.ways[trip.way];
    const browser = auth?.browser;
    if (auth === undefined || browser == null)
      throw new Mistake(`Nobody signs in to ${title} through a browser this way.`);
    const client = await clientOf(connection, typed);
    if (client === undefined)
      throw new Mistake(`${title} needs the client id and secret of your app.`, { usage: true });
    return { connector, auth, browser, title, trip: { ...trip, client } };
  };

  return {
    async knowsClient(connection) {
      return refersToClient(connection) || (await clientOf(connection, null)) !== undefined;
    },

    async consentAt(connection, given) {
      const { browser, trip, connector } = await tripOf(connection, given);
      return browser.consentAt(trip, signInOf(connector.manifest, connection));
    },

    async arrive(connection, given, answered, signal) {
      const { connector, auth, browser, title, trip } = await tripOf(connection, given);
      const denied = deniedBy(title, answered);
      if (denied !== null) return { ok: false, problem: denied };
      const about = asking(connection, signal);
      const renewed = await browser.redeem(answered["code"] ?? "", trip, about).catch((error) => {
        if (error instanceof SignInAgain) return refusedBy(title, error, trip.redirect);
        if (error instanceof Unavailable) return brokenOff(title, error);
        throw error;
      });
      if (typeof renewed === "string") return { ok: false, problem: renewed };
      // What is refused is forgotten and not revoked: that would end other sign-ins of the same app there.
      const arrival = judge(renewed, { connection, title, auth, browser, answered });
      if (!arrival.ok) return arrival;
      return { ...arrival, settings: { ...arrival.settings, ...placeIn(connector, renewed) } };
    },

    async revoking(connection) {
      const revoke = wayToLeave(connectorOf(connection), connection);
      const secret = await vault.read(connection.name).catch(() => undefined);
      if (revoke === null || secret === undefined) return undefined;
      return (signal) =>
        revoke(secret, asking(connection, signal)).then(
          () => true,
          () => false,
        );
    },
  };
}

/** One whose credential fits nothing can be removed all the same. */
function wayToLeave(connector: Connector, connection: Connection): Auth["revoke"] {
  try {
    return wayOf(connector, connection).auth.revoke;
  } catch (error) {
    if (error instanceof Mistake) return null;
    throw error;
  }
}

/** Whether it says where on this machine the client is; whether it is there is seen when it is needed. */
const refersToClient = ({ credential }: Connection): boolean =>
  ["client_id", "client_secret"].every((name) => /env|file/.test(credential[name]?.kind ?? ""));

/** @throws Mistake where the place it is said to be in does not have it */
async function ownClient(
  { name, credential }: Connection,
  vault: Vault,
): Promise<Client | undefined> {
  const sources = [credential["client_id"], credential["client_secret"]];
  if (sources.includes(undefined)) return undefined;
  try {
    const { client_id: id, client_secret: secret } = await vault.read(name);
    return id && secret ? { id, secret } : undefined;
  } catch (error) {
    if (!(error instanceof SignInAgain)) throw error;
    // What was kept here can be given once more; what stands elsewhere has to be put right there.
    if (sources.every((source) => source?.kind === "kept")) return undefined;
    throw new Mistake(error.message);
  }
}

/** The tool's address for this account, where the sign-in says it: the newest counts. */
function placeIn({ manifest }: Connector, { secret }: Renewed): Record<string, string> {
  const { base_url: given } = manifest;
  const base = secret["base"] ?? "";
  if (typeof given === "string" || !("else" in given) || !isWithin(base, given.within)) return {};
  return { [given.setting]: base };
}

/** Whether what was given is whole, enough, and for the same account as before. */
function judge(
  { secret, expires }: Renewed,
  about: {
    connection: Connection;
    title: string;
    auth: Auth;
    browser: Browser;
    answered: Readonly<Record<string, string>>;
  },
): Arrival {
  const { connection, title, auth, browser, answered } = about;
  const missing = auth.fields.find(({ name, brought }) => brought && !secret[name]);
  const granted = (secret["scope"] ?? "").split(" ");
  const lacking = auth.scopes.filter((scope) => !granted.includes(scope));
  const settings = Object.fromEntries(
    Object.entries(browser.callback).map(([from, to]) => [to, answered[from] ?? ""]),
  );
  const problem = lackOf(title, missing, lacking) ?? strangerIn(title, connection, settings);
  return problem === null ? { ok: true, secret, expires, settings } : { ok: false, problem };
}
