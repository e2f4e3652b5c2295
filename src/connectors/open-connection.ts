import type { Connection } from "#domain/connection.ts";
import { Mistake } from "#domain/errors.ts";
import type { Subscriptions } from "#domain/ports/subscriptions.ts";
import type { Allowance } from "#domain/ports/allowance.ts";
import type { Vault } from "#domain/ports/tools.ts";
import type { Clock, Log } from "#domain/ports/world.ts";
import { addressesOf, signInOf, unsaidAddress } from "./address.ts";
import { isRefusal } from "./codecs/codec.ts";
import { country as countryCodec } from "./codecs/country.ts";
import type { Connector } from "./connector.ts";
import type { Egress } from "./egress.ts";
import type { Variables } from "./manifest/template.ts";
import { openBudget } from "./request/budget.ts";
import { type Line, openLine } from "./request/line.ts";
import { openLimits } from "./request/limits.ts";
import { openSession, type Session } from "./request/session.ts";
import { wayOf } from "./way.ts";
import { makeTellAll, type TellAll } from "./write/tell.ts";

/** A connection with its line to the tool. */
export type OpenConnection = {
  title: string;
  line: Line;
  /** How many calls the tool allows in a day; null where nothing is said of days. */
  daily(): number | null;
  /** Of half of what the tool allows in a day, as far as it told. */
  leftToday(): number | null;
  /** As in Session. */
  place: Session["place"];
  /** Null where nobody can ask to be told. */
  tellAll: TellAll | null;
  /** What phone numbers without a country are read as. */
  country: string | null;
  /** Settings and the API version, for every request. */
  shared: Variables;
  /** What the credential has to be allowed, and what the tool said that it is; null where it did not. */
  scopes: { needed: readonly string[]; granted(): Promise<readonly string[] | null> };
};

/**
 * `needs`: whether every setting has to be there, or some are still to be asked for.
 * @throws Mistake when a setting is missing, or the credential fits no way of signing in
 */
export function openConnection(
  connector: Connector,
  connection: Connection,
  world: {
    vault: Vault;
    allowance: Allowance;
    subscriptions: Subscriptions;
    clock: Clock;
    log: Log;
    egress: Egress;
  },
  needs: "all" | "some" = "all",
): OpenConnection {
  const { manifest, classify } = connector;
  if (needs === "all") refuseMissing(connector, connection);
  const { auth } = wayOf(connector, connection);
  const addresses = {
    of: addressesOf(manifest, connection),
    signIn: signInOf(manifest, connection),
    unsaid: unsaidAddress(manifest, connection),
  };
  const session = openSession(connection, auth, addresses, world);
  const { budget: spec } = manifest.limits;
  const budget = spec === undefined ? null : openBudget(spec);
  const line = openLine({
    connection,
    title: manifest.title,
    budget,
    parallel: manifest.limits.parallel,
    classify,
    limits: openLimits(connection.name, manifest.limits, world),
    session,
    ...world,
  });
  return {
    title: manifest.title,
    country: countryOf(connection.settings["country"]),
    shared: { api_version: manifest.api_version, ...settingsOf(manifest, connection) },
    scopes: {
      needed: auth.scopes,
      granted: async () => wordsIn((await world.vault.read(connection.name))["scope"]),
    },
    place: (signal) => session.place(signal),
    line,
    daily: () => budget?.daily() ?? null,
    leftToday: () => budget?.left("half") ?? null,
    tellAll:
      manifest.webhooks?.subscriptions === undefined
        ? null
        : makeTellAll({ connection: connection.name, line, ...world }),
  };
}

/** @throws Mistake */
function refuseMissing({ manifest, facts }: Connector, { name, settings }: Connection): void {
  for (const { name: setting, label, optional, brought, chosen } of facts.settings) {
    if (optional || settings[setting]) continue;
    const byBrowser = brought ? " Signing in through the browser fills it in." : "";
    const how = chosen ? " It can be chosen on the page for signing in." : byBrowser;
    throw new Mistake(
      `The connection ${name} has no ${setting} (${label}), which ${manifest.title} needs.${how}`,
    );
  }
}

function settingsOf(
  manifest: Connector["manifest"],
  { settings }: Pick<Connection, "settings">,
): Variables {
  return Object.fromEntries(
    Object.entries(manifest.settings).map(([key, { default: usual }]) => [
      key,
      settings[key] || usual,
    ]),
  );
}

const wordsIn = (scope: string | undefined): readonly string[] | null =>
  scope === undefined ? null : scope.split(/\s+/).filter((word) => word !== "");

function countryOf(setting: string | undefined): string | null {
  const code = countryCodec.make(null).decode(setting ?? null, { country: null });
  return isRefusal(code) || typeof code !== "string" ? null : code;
}
