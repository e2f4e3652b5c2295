import type { ConnectorFacts, ObjectFacts, Pace } from "#domain/ports/connector-facts.ts";
import type { EntityName } from "#domain/entities/index.ts";
import { hostsIn } from "./address.ts";
import { type ChoicesPlan, compileChoices } from "./choices/compile.ts";
import { type Auth, authOf, type Browser } from "./auth/index.ts";
import { nativeFields } from "./manifest/native-fields.ts";
import type { Manifest, ObjectSpec } from "./manifest/manifest.ts";
import { compileObject, type ObjectPlan } from "./read/compile-object.ts";
import { compileFailures, type FailuresPlan } from "./failures/compile.ts";
import { type Classify, compileErrors } from "./request/classify.ts";
import { compileRequest, type Prepare } from "./request/prepare.ts";
import { hookFacts, objectsTold } from "./webhooks/facts.ts";
import { compileWebhooks, type WebhooksPlan } from "./webhooks/compile.ts";
import { compileWrite, type WritePlan } from "./write/compile-write.ts";

/** A manifest turned into functions; nothing in it belongs to one connection. */
export type Connector = {
  manifest: Manifest;
  facts: ConnectorFacts;
  classify: Classify;
  ways: Readonly<Record<string, Auth>>;
  objects: ReadonlyMap<string, ConnectorObject>;
  /** Null where the tool cannot be asked whose account this is. */
  check: Prepare | null;
  /** Settings that can be chosen once somebody has signed in. */
  choices: readonly ChoicesPlan[];
  /** Null where it takes no events of ours. */
  tells: Prepare | null;
  /** Null where nothing is sent to us. */
  webhooks: WebhooksPlan | null;
  /** Null where no failures are told. */
  failures: FailuresPlan | null;
  /** Objects of which something is told as it happens. */
  told: ReadonlySet<string>;
};

export type ConnectorObject = { plan: ObjectPlan; write: WritePlan | null };

/** From a manifest a linter has seen. @throws TypeError for another */
export function compileConnector(manifest: Manifest): Connector {
  const ways = Object.fromEntries(
    Object.entries(manifest.auth).map(([name, options]) => [name, authOf(options)]),
  );
  const choices = compileChoices(manifest);
  const objects = new Map(
    Object.entries(manifest.objects).map(([name, spec]) => [
      name,
      {
        plan: compileObject(manifest, spec),
        write: spec.write === undefined ? null : compileWrite(manifest, spec.write),
      },
    ]),
  );
  const failures = compileFailures(manifest);
  return {
    manifest,
    facts: factsOf(manifest, ways, choices),
    classify: compileErrors(manifest.says, manifest.errors),
    ways,
    objects,
    check: manifest.check === undefined ? null : compileRequest(manifest.check, manifest),
    choices,
    tells: manifest.tells === undefined ? null : compileRequest(manifest.tells, manifest),
    webhooks: compileWebhooks(manifest, objects, failures),
    told: objectsTold(manifest),
    failures,
  };
}

/** What people can be told of a connector before they connect anything. */
function factsOf(
  manifest: Manifest,
  ways: Readonly<Record<string, Auth>>,
  choices: readonly ChoicesPlan[],
): ConnectorFacts {
  const chosen = new Set(choices.flatMap(({ names }) => names));
  return {
    name: manifest.connector,
    title: manifest.title,
    about: manifest.about,
    version: manifest.version,
    hosts: hostsOf(manifest),
    credentials: Object.entries(ways).map(([name, { fields, scopes, browser }]) => ({
      name,
      about: manifest.auth[name]?.about ?? "",
      fields,
      scopes,
      browser: browser !== null,
    })),
    settings: Object.entries(manifest.settings).map(([name, setting]) => ({
      name,
      label: setting.label,
      about: setting.about,
      optional: setting.optional || setting.default !== undefined,
      kind: setting.kind,
      brought:
        chosen.has(name) ||
        isPlace(manifest, name) ||
        Object.values(ways).some(({ browser }) => bringsIn(browser).includes(name)),
      ...(chosen.has(name) && { chosen: true as const }),
    })),
    objects: Object.entries(manifest.objects).map(([name, spec]) =>
      objectFacts(name, spec, objectsTold(manifest)),
    ),
    hooks: hookFacts(manifest),
    tells: manifest.tells !== undefined,
    pace: paceOf(manifest),
    daily: manifest.limits.budget?.calls ?? null,
  };
}

function paceOf({ limits }: Manifest): Pace | null {
  const usual = limits.usual.flatMap((name) => limits.buckets[name] ?? []);
  const paces = usual.map(({ calls, per }) => ({ calls, perMs: per }));
  return paces.toSorted((a, b) => a.calls / a.perMs - b.calls / b.perMs)[0] ?? null;
}

const isPlace = ({ base_url: given }: Manifest, setting: string): boolean =>
  typeof given !== "string" && given.else !== undefined && given.setting === setting;

const bringsIn = (browser: Browser | null): readonly string[] =>
  Object.values(browser?.callback ?? {});

function hostsOf(manifest: Manifest): readonly string[] {
  const signIn = Object.values(manifest.auth).flatMap((way) => {
    if (way.kind === "url") return way.hosts;
    return "token" in way ? [new URL(way.token).host] : [];
  });
  return [...new Set([...hostsIn(manifest), ...signIn])];
}

const objectFacts = (name: string, spec: ObjectSpec, told: ReadonlySet<string>): ObjectFacts => ({
  name,
  title: spec.title,
  entity: spec.entity as EntityName,
  reads: true,
  writes: spec.write !== undefined,
  incremental: spec.changes !== undefined,
  fields: Object.keys(spec.fields),
  native: nativeFields(spec),
  searchable: Object.keys(spec.find?.fields ?? {}),
  deletes: spec.deletes,
  archives: spec.write?.calls.some((call) => call.archive !== undefined) ?? false,
  keyed: spec.write?.known_by === "key",
  events: told.has(name),
  perCall: { reads: spec.list?.size ?? 100, writes: spec.write?.batch ?? 1 },
});
