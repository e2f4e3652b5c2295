import type { ConnectorFacts, ObjectFacts } from "#domain/ports/tools.ts";
import type { EntityName } from "#domain/entities/index.ts";
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
  objects: ReadonlyMap<string, { plan: ObjectPlan; write: WritePlan | null }>;
  check: Prepare;
};

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
    settings: Object.entries(manifest.settings).map(([name, setting]) => ({ name, ...setting })),
    objects: Object.entries(manifest.objects).map(([name, spec]) => objectFacts(name, spec)),
  };
}

function hostsOf({ base_url, auth }: Manifest): readonly string[] {
  const urls = [
    base_url,
    ...Object.values(auth).flatMap((way) => ("token" in way ? way.token : [])),
  ];
  return [...new Set(urls.map((url) => new URL(url).host))];
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
