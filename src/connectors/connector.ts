import type { ConnectorFacts, ObjectFacts } from "#domain/ports/tools.ts";
import type { EntityName } from "#domain/entities/index.ts";
import { hostsIn } from "./address.ts";
import { type Auth, authOf } from "./auth/index.ts";
import type { Manifest, ObjectSpec } from "./manifest/manifest.ts";
import { compileObject, type ObjectPlan } from "./read/compile-object.ts";
import { type Classify, compileErrors } from "./request/classify.ts";
import { compileRequest, type Prepare } from "./request/prepare.ts";
import { compileWrite, type WritePlan } from "./write/compile-write.ts";

/** A manifest turned into functions; nothing in it belongs to one connection. */
export type Connector = {
  manifest: Manifest;
  facts: ConnectorFacts;
  classify: Classify;
  ways: Readonly<Record<string, Auth>>;
  objects: ReadonlyMap<string, ConnectorObject>;
  check: Prepare;
};

export type ConnectorObject = { plan: ObjectPlan; write: WritePlan | null };

/** From a manifest a linter has seen. @throws TypeError for another */
export function compileConnector(manifest: Manifest): Connector {
  const ways = Object.fromEntries(
    Object.entries(manifest.auth).map(([name, options]) => [name, authOf(options)]),
  );
  return {
    manifest,
    facts: factsOf(manifest, ways),
    classify: compileErrors(manifest.says, manifest.errors),
    ways,
    objects: new Map(
      Object.entries(manifest.objects).map(([name, spec]) => [
        name,
        {
          plan: compileObject(manifest, spec),
          write: spec.write === undefined ? null : compileWrite(manifest, spec.write),
        },
      ]),
    ),
    check: compileRequest(manifest.check, manifest),
  };
}

/** What people can be told of a connector before they connect anything. */
function factsOf(manifest: Manifest, ways: Readonly<Record<string, Auth>>): ConnectorFacts {
  return {
    name: manifest.connector,
    title: manifest.title,
    about: manifest.about,
    version: manifest.version,
    hosts: hostsOf(manifest),
    credentials: Object.entries(ways).map(([name, { fields }]) => ({
      name,
      about: manifest.auth[name]?.about ?? "",
      fields,
    })),
    settings: Object.entries(manifest.settings).map(([name, setting]) => ({
      name,
      label: setting.label,
      about: setting.about,
      optional: setting.optional || setting.default !== undefined,
      kind: setting.kind,
    })),
    objects: Object.entries(manifest.objects).map(([name, spec]) => objectFacts(name, spec)),
  };
}

function hostsOf(manifest: Manifest): readonly string[] {
  const tokens = Object.values(manifest.auth).flatMap((way) => ("token" in way ? way.token : []));
  return [...new Set([...hostsIn(manifest), ...tokens.map((url) => new URL(url).host)])];
}

const objectFacts = (name: string, spec: ObjectSpec): ObjectFacts => ({
  name,
  title: spec.title,
  entity: spec.entity as EntityName,
  reads: true,
  writes: spec.write !== undefined,
  incremental: spec.changes !== undefined,
  fields: Object.keys(spec.fields),
  searchable: Object.keys(spec.find?.fields ?? {}),
  deletes: spec.deletes,
  archives: spec.write?.calls.some((call) => call.archive !== undefined) ?? false,
});
