import type { Connection, SecretSource } from "#domain/connection.ts";
import type { EventType } from "#domain/event.ts";
import type { ConnectorFacts, CredentialForm } from "#domain/ports/connector-facts.ts";
import { isWebAddress } from "../check-field.ts";
import { listed, nearest } from "../nearest.ts";
import { looksSecret } from "#domain/looks-secret.ts";
import { quoted } from "../quoted.ts";

/** What a person said a connection should be; what they left out stays as it is. */
export type Described = {
  baseUrl?: string | null | undefined;
  settings?: Readonly<Record<string, string>> | undefined;
  credential?: Readonly<Record<string, string>> | undefined;
  events?: readonly EventType[] | undefined;
};

/** Something wrong, and where: `["settings", "realm"]`. `atKey`: the name is wrong, not the value. */
export type Fault = { path: readonly string[]; message: string; atKey?: boolean };

/** Everything that is wrong with it, given the connector and what there is already. */
export function connectionFaults(
  described: Described,
  facts: ConnectorFacts,
  existing: Connection | undefined,
): Fault[] {
  return [
    ...baseUrlFaults(described.baseUrl),
    ...settingFaults(described.settings, facts, existing),
    ...credentialFaults(described.credential, facts.credentials, existing),
  ];
}

function baseUrlFaults(baseUrl: string | null | undefined): Fault[] {
  if (baseUrl === undefined || baseUrl === null || isWebAddress(baseUrl)) return [];
  const message =
    "base_url must be a web address without user and password, such as http://127.0.0.1:4101";
  return [{ path: ["base_url"], message }];
}

function settingFaults(
  given: Described["settings"],
  { settings, title }: ConnectorFacts,
  existing: Connection | undefined,
): Fault[] {
  const names = settings.map(({ name }) => name);
  const all = given ?? existing?.settings ?? {};
  const strange = Object.keys(given ?? {}).filter((name) => !names.includes(name));
  const missing = settings.filter(
    ({ name, optional, brought }) => !optional && !brought && !filled(all, name),
  );
  const secrets = Object.entries(given ?? {}).filter(([, value]) => looksSecret(value));
  return [
    ...strange.map((name) => ({
      path: ["settings", name],
      message: `${title} has no setting ${quoted(name)}; ${instead(name, names)}`,
      atKey: true,
    })),
    ...missing.map(({ name, about }) => ({
      path: ["settings"],
      message: `${title} needs the setting ${name}: ${about.replace(/\.$/, "")}`,
    })),
    ...secrets
      .filter(([name]) => names.includes(name))
      .map(([name]) => ({ path: ["settings", name], message: notHere(name) })),
  ];
}

function credentialFaults(
  given: Described["credential"],
  ways: readonly CredentialForm[],
  existing: Connection | undefined,
): Fault[] {
  if (given === undefined) return [];
  const names = [...new Set(ways.flatMap(({ fields }) => fields.map(({ name }) => name)))];
  const faults: Fault[] = [];
  for (const [name, value] of Object.entries(given)) {
    const path = ["credential", name];
    if (sourceOf(value) === null) faults.push({ path, message: notHere(name) });
    if (!names.includes(name))
      faults.push({
        path,
        message: `there is no ${quoted(name)} in a credential for this tool; ${instead(name, names)}`,
        atKey: true,
      });
  }
  const there = { ...keptOf(existing), ...given };
  if (faults.length === 0 && Object.keys(given).length > 0 && !ways.some(satisfiedBy(there)))
    faults.push({ path: ["credential"], message: `a credential needs ${waysText(ways)}` });
  return faults;
}

const satisfiedBy =
  (there: Readonly<Record<string, unknown>>) =>
  ({ fields }: CredentialForm): boolean =>
    fields.every(
      ({ name, optional, brought }) => optional || brought || Object.hasOwn(there, name),
    );

const waysText = (ways: readonly CredentialForm[]): string =>
  ways
    .map(({ fields }) =>
      listed(
        fields.filter(({ optional, brought }) => !optional && !brought).map(({ name }) => name),
      ),
    )
    .join(", or ");

const instead = (name: string, names: readonly string[]): string => {
  const meant = nearest(name, names);
  if (meant !== null) return `did you mean ${meant}?`;
  return names.length === 0 ? "it has none" : `it has ${listed(names, 12)}`;
};

const notHere = (name: string): string =>
  `${name} must say where the value is, as env:NAME or file:NAME, never the value itself; ` +
  "if that was a real secret, please replace it by a new one at the tool";

const filled = (values: Readonly<Record<string, string>>, name: string): boolean =>
  Object.hasOwn(values, name) && (values[name] ?? "").trim() !== "";

/** `env:CRM_TOKEN`, `file:crm-token`; null for anything else, a secret above all. */
export function sourceOf(value: string): Exclude<SecretSource, { kind: "kept" }> | null {
  const variable = /^env:([A-Za-z_][A-Za-z0-9_]{0,99})$/.exec(value)?.[1];
  if (variable !== undefined && !looksSecret(variable)) return { kind: "env", name: variable };
  const file = /^file:([A-Za-z0-9_][\w.-]{0,99})$/.exec(value)?.[1];
  return file === undefined || looksSecret(file) ? null : { kind: "file", name: file };
}

/** Only what was given on the one-time page. */
const keptOf = (existing: Connection | undefined): Readonly<Record<string, SecretSource>> =>
  Object.fromEntries(
    Object.entries(existing?.credential ?? {}).filter(([, source]) => source.kind === "kept"),
  );

/** The connection as it will be; only for what has no faults. */
export function described(
  name: Connection["name"],
  facts: ConnectorFacts,
  { baseUrl, settings, credential, events }: Described,
  existing: Connection | undefined,
): Connection {
  const before = existing ?? {
    baseUrl: null,
    settings: {},
    credential: {},
    owner: null,
    events: [],
  };
  return {
    name,
    connector: facts.name,
    baseUrl: baseUrl === undefined ? before.baseUrl : baseUrl,
    settings:
      settings === undefined ? before.settings : { ...broughtBefore(facts, before), ...settings },
    credential:
      credential === undefined
        ? before.credential
        : { ...keptOf(existing), ...references(credential) },
    owner: before.owner,
    events: events ?? before.events,
  };
}

/** What a sign-in said about the connection stays, also where nobody repeats it. */
const broughtBefore = (
  facts: ConnectorFacts,
  { settings }: Pick<Connection, "settings">,
): Connection["settings"] =>
  Object.fromEntries(
    Object.entries(settings).filter(([name]) =>
      facts.settings.some((setting) => setting.brought && setting.name === name),
    ),
  );

const references = (credential: Readonly<Record<string, string>>): Connection["credential"] =>
  Object.fromEntries(
    Object.entries(credential).flatMap(([field, value]) => {
      const source = sourceOf(value);
      return source === null ? [] : [[field, source] as const];
    }),
  );
