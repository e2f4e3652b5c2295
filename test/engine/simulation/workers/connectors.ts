import { makeTools, type ToolsParts } from "#connectors/tools.ts";
import type { Connection } from "#domain/connection.ts";
import { connectionName } from "#domain/ids.ts";
import type { Tools } from "#domain/ports/tools.ts";
import { memoryHooks, memorySubscriptions } from "../../../support/memory/hooks.ts";
import { memoryInbox } from "../../../support/memory/inbox.ts";
import { manifestOf, type ObjectName } from "../outside/manifest.ts";
import type { Plan, Topology } from "../plan.ts";

/** What connectors reach the world of a life through. */
export type Reach = Pick<ToolsParts, "vault" | "allowance" | "hints" | "clock" | "egress">;

/** The connectors of one worker, as long as it lives. */
export type Connectors = {
  tools: Tools;
  connectionTo(name: string): Connection;
  /** Nothing of it is under way, so that another worker of another life may have them. */
  giveBack(): void;
};

/** What the connectors of a life know of. */
const objectsIn: Readonly<Record<Topology, readonly ObjectName[]>> = {
  one_way: ["customers"],
  two_way: ["customers"],
  hub: ["customers"],
  references: ["customers", "deals"],
  conversion: ["customers", "deals", "tasks"],
  files: ["files"],
};

const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };
/** By what they know of, the one that was given back last at the end. */
const spare = new Map<string, Compiled[]>();
type Compiled = { tools: Tools; reach: (reach: Reach | null) => void };
/** Of more kinds than that none is kept: many lives are lived in one process. */
const mostKinds = 200;
let serial = 0;

/** Real connectors of the tools of a life. To compile them takes a while, so those of earlier lives are used again. */
export function takeConnectors(plan: Plan, reach: Reach): Connectors {
  const key = JSON.stringify([plan.crm, plan.books, plan.topology]);
  const found = spare.get(key)?.pop() ?? compiled(plan);
  found.reach(reach);
  serial += 1;
  // Whoever owns it means nothing here; a connection that has changed is opened anew.
  const owner = String(serial);
  return {
    tools: found.tools,
    connectionTo: (name) => connectionTo(name, owner),
    giveBack() {
      // Its life, with all that is in it, is not kept.
      found.reach(null);
      const others = spare.get(key) ?? [];
      spare.delete(key);
      spare.set(key, [...others, found]);
      const [oldest] = spare.keys();
      if (spare.size > mostKinds && oldest !== undefined) spare.delete(oldest);
    },
  };
}

function compiled(plan: Plan): Compiled {
  let now: Reach | null = null;
  const through = <Name extends keyof Reach>(name: Name): Reach[Name] =>
    new Proxy({} as Reach[Name], {
      get: (_none, member) => (now === null ? undefined : (Reflect.get(now[name], member) as unknown)), // prettier-ignore
    });
  const clock = through("clock");
  const tools = makeTools({
    manifests: (["crm", "books"] as const).map((name) => manifestOf(name, plan[name], objectsIn[plan.topology])), // prettier-ignore
    vault: through("vault"),
    apps: { find: () => Promise.resolve(undefined) },
    allowance: through("allowance"),
    inbox: memoryInbox(() => clock.now()),
    hints: through("hints"),
    hooks: memoryHooks(),
    subscriptions: memorySubscriptions(),
    clock,
    log: silent,
    egress: through("egress"),
  });
  return { tools, reach: (reach) => void (now = reach) };
}

const fields = ["client_id", "client_secret", "refresh_token", "access_token"];
const connectionTo = (name: string, owner: string): Connection => ({
  name: connectionName(name),
  connector: name,
  baseUrl: null,
  events: [],
  settings: {},
  credential: Object.fromEntries(fields.map((field) => [field, { kind: "kept" as const }])),
  owner,
});
