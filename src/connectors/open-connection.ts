import type { Connection } from "#domain/connection.ts";
import { Mistake } from "#domain/errors.ts";
import type { Allowance, Vault } from "#domain/ports/tools.ts";
import type { Clock, Log } from "#domain/ports/world.ts";
import { addressesOf } from "./address.ts";
import { isRefusal } from "./codecs/codec.ts";
import { country as countryCodec } from "./codecs/country.ts";
import type { Auth } from "./auth/index.ts";
import type { Connector } from "./connector.ts";
import type { Egress } from "./egress.ts";
import type { Variables } from "./manifest/template.ts";
import { openBudget } from "./request/budget.ts";
import { type Line, openLine } from "./request/line.ts";
import { openLimits } from "./request/limits.ts";
import { openSession } from "./request/session.ts";

/** A connection with its line to the tool. */
export type OpenConnection = {
  title: string;
  line: Line;
  /** What phone numbers without a country are read as. */
  country: string | null;
  /** Settings and the API version, for every request. */
  shared: Variables;
};

/** @throws Mistake when a setting is missing, or the credential fits no way of signing in */
export function openConnection(
  connector: Connector,
  connection: Connection,
  world: { vault: Vault; allowance: Allowance; clock: Clock; log: Log; egress: Egress },
): OpenConnection {
  const { manifest, classify } = connector;
  return {
    title: manifest.title,
    country: countryOf(connection.settings["country"]),
    shared: { api_version: manifest.api_version, ...settingsOf(connector, connection) },
    line: openLine({
      connection,
      title: manifest.title,
      addressOf: addressesOf(manifest, connection),
      budget: manifest.limits.budget === undefined ? null : openBudget(manifest.limits.budget),
      parallel: manifest.limits.parallel,
      classify,
      limits: openLimits(connection.name, manifest.limits, world),
      session: openSession(connection, wayOf(connector, connection), world),
      ...world,
    }),
  };
}

function settingsOf({ manifest }: Connector, { name, settings }: Connection): Variables {
  return Object.fromEntries(
    Object.entries(manifest.settings).map(([key, { label, optional, default: usual }]) => {
      const value = settings[key] || usual;
      if (value === undefined && !optional)
        throw new Mistake(`The connection ${name} has no ${key} (${label}), which ${manifest.title} needs.`); // prettier-ignore
      return [key, value];
    }),
  );
}

/** The way of signing in whose values are all there; with none given, the first one. */
function wayOf({ ways, manifest }: Connector, { name, credential }: Connection): Auth {
  const given = new Set(Object.keys(credential));
  const all = Object.values(ways);
  const fits = all.filter(({ fields }) =>
    fields.every((field) => field.optional || given.has(field.name)),
  );
  const way = fits[0] ?? (given.size === 0 ? all[0] : undefined);
  if (way !== undefined) return way;
  const accepted = all.map(({ fields }) => fields.map((field) => field.name).join(", "));
  throw new Mistake(
    `The credential of ${name} is not one ${manifest.title} takes: ${accepted.join("; or ")}.`,
  );
}

function countryOf(setting: string | undefined): string | null {
  const code = countryCodec.make(null).decode(setting ?? null, { country: null });
  return isRefusal(code) || typeof code !== "string" ? null : code;
}
