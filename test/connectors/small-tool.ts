import type { Connection, Secret } from "#domain/connection.ts";
import { connectionName } from "#domain/ids.ts";
import type { Client } from "#domain/ports/sign-in.ts";
import type { Tools } from "#domain/ports/tools.ts";
import { makeEgress } from "#connectors/egress.ts";
import { lint } from "#connectors/manifest/lint.ts";
import type { Manifest } from "#connectors/manifest/manifest.ts";
import { makeTools } from "#connectors/tools.ts";
import { memoryOutside } from "../support/memory/outside.ts";
import { generous, memoryVault, quickClock, silent } from "./world.ts";

/** A connector with people and, if asked for, places, signed in to as a test says. */
export function smallManifest(
  auth: Record<string, unknown>,
  more: {
    settings?: Record<string, unknown>;
    base_url?: object;
    check?: object;
    places?: boolean;
  } = {},
): Manifest {
  const list = (path: string) => ({ get: path, records: "items" });
  const object = (path: string) => ({
    title: "People",
    entity: "customer",
    id: "id",
    append_only: true,
    deletes: "Not seen.",
    empty: "",
    fields: { email: "email | email", name: "name" },
    list: list(path),
  });
  const text = JSON.stringify({
    connector: "small",
    title: "Small",
    about: "A small tool",
    version: "1",
    base_url: more.base_url ?? "https://api.small.example",
    settings: more.settings ?? {},
    says: { message: ["message"] },
    auth,
    check: { get: "/me", account: "name", ...more.check },
    objects: {
      people: object("/people"),
      ...(more.places === true ? { places: object("/places") } : {}),
    },
  });
  const linted = lint(text, "small.yaml");
  if (linted.manifest === null) throw new Error(linted.problems.map((one) => one.message).join());
  return linted.manifest;
}

export type SmallWorld = AsyncDisposable & {
  tools: Tools;
  vault: ReturnType<typeof memoryVault>;
};

export function smallWorld(
  manifest: Manifest,
  secret: Secret,
  app?: Client,
  allow = { loopback: true, cidrs: [] as string[] },
): SmallWorld {
  const clock = quickClock();
  const vault = memoryVault(secret);
  const egress = makeEgress({ allow });
  const parts = {
    vault,
    allowance: generous(clock),
    ...memoryOutside(clock),
    clock,
    log: silent,
    egress,
  };
  const apps = { find: () => Promise.resolve(app) };
  return {
    tools: makeTools({ manifests: [manifest], program: "this", apps, ...parts }),
    vault,
    [Symbol.asyncDispose]: () => egress[Symbol.asyncDispose](),
  };
}

export const smallConnection = (
  baseUrl: string | null,
  { fields = [], settings = {} }: { fields?: string[]; settings?: Record<string, string> } = {},
): Connection => ({
  name: connectionName("mine"),
  connector: "small",
  baseUrl,
  settings,
  credential: Object.fromEntries(fields.map((name) => [name, { kind: "kept" }])),
  owner: null,
  events: [],
});
