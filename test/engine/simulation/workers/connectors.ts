import { makeTools, type ToolsParts } from "#connectors/tools.ts";
import type { Connection } from "#domain/connection.ts";
import { connectionName } from "#domain/ids.ts";
import type { Tools } from "#domain/ports/tools.ts";
import { memoryHooks, memorySubscriptions } from "../../../support/memory/hooks.ts";
import { memoryInbox } from "../../../support/memory/inbox.ts";
import { manifestOf, type ObjectName } from "../outside/manifest.ts";
import { type Plan, type Topology, toolsIn } from "../plan.ts";

/** What connectors reach the world of a life through. */
export type Reach = Pick<ToolsParts, "vault" | "allowance" | "hints" | "clock" | "egress">;

export type Connectors = {
  tools: Tools;
  connectionTo(name: string): Connection;
};

/** What the connectors of a life know of. */
const objectsIn: Readonly<Record<Topology, readonly ObjectName[]>> = {
  one_way: ["customers"],
  two_way: ["customers"],
  hub: ["customers"],
  spokes: ["customers"],
  references: ["customers", "deals"],
  conversion: ["customers", "deals", "tasks"],
  files: ["files"],
};

const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };

/** Real connectors of the tools of a life, for one worker. */
export function makeConnectors(plan: Plan, reach: Reach): Connectors {
  const tools = makeTools({
    program: "this",
    manifests: toolsIn(plan).map((name) => manifestOf(name, plan[name], objectsIn[plan.topology])), // prettier-ignore
    ...reach,
    apps: { find: () => Promise.resolve(undefined) },
    inbox: memoryInbox(() => reach.clock.now()),
    hooks: memoryHooks(),
    subscriptions: memorySubscriptions(),
    log: silent,
  });
  return { tools, connectionTo };
}

const fields = ["client_id", "client_secret", "refresh_token", "access_token"];
const connectionTo = (name: string): Connection => ({
  name: connectionName(name),
  connector: name,
  baseUrl: null,
  events: [],
  settings: {},
  credential: Object.fromEntries(fields.map((field) => [field, { kind: "kept" as const }])),
  owner: null,
});
