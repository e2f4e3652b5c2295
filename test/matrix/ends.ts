import { existsSync } from "node:fs";
import { tools as simulated } from "#sandbox/tools/index.ts";
import type { Connection } from "#domain/connection.ts";
import { hubFacts, hubName } from "#domain/hub.ts";
import type { EntityName } from "#domain/entities/index.ts";
import { connectionName } from "#domain/ids.ts";
import type { ConnectorFacts, ObjectFacts } from "#domain/ports/connector-facts.ts";
import type { Origin, Source, Target } from "#domain/ports/tools.ts";
import { isEntityName } from "#domain/entities/index.ts";
import { tryTool, type ToolName, type Tried } from "../connectors/acceptance/tool.ts";
import { echoing, isTalker, type Talker } from "../connectors/events/echo.ts";
import { folder } from "../connectors/world.ts";
import type { Store } from "../support/with-store.ts";

/** One side of a pair: a tool, or the hub, with nothing in it yet. */
export type Side = AsyncDisposable & {
  name: string;
  connection: Connection;
  objects: readonly ObjectFacts[];
  facts: ConnectorFacts;
  source(object: string): Source;
  target(object: string, origin: Origin): Target;
  /** How many creates and updates there have been; the hub does not count. */
  writes(): number | null;
  /** What a person does in the tool beside all of its interface: `{object, id, set}`. */
  byHand?(edit: object): Promise<unknown>;
};

/** Simulated tools that we have a connector for. */
export const toolNames = (Object.keys(simulated) as ToolName[]).filter((name) =>
  existsSync(`${folder}/${name}.yaml`),
);

/** A simulated tool that holds nothing, under a name of its own. */
export async function openTool(tool: ToolName, as: string): Promise<Side> {
  const tried = await tryTool(tool, { seed: 0, flaws: false });
  const connection = { ...tried.connection, name: connectionName(as) };
  const { tools } = tried.world;
  const facts = tools.facts(tool);
  if (facts === undefined) throw new Error(`there is no connector ${tool}`);
  if (isTalker(tool)) return openTalker(tool, facts, { tried, as });
  return {
    name: tool,
    facts,
    connection,
    objects: tried.objects,
    source: (object) => tools.source(connection, object),
    target: (object, origin) => tools.target(connection, object, origin),
    writes() {
      const { creates, updates } = tried.tool.stats();
      return creates + updates;
    },
    byHand: (edit) => tried.control("/_edit", edit),
    [Symbol.asyncDispose]: () => tried[Symbol.asyncDispose](),
  };
}

/**
 * Whoever takes part by events: what is sent there comes back to us by the same events, and what has come
 * back is what stands there.
 */
async function openTalker(
  tool: Talker,
  facts: ConnectorFacts,
  { tried, as }: { tried: Tried; as: string },
): Promise<Side> {
  const named = { ...tried, connection: { ...tried.connection, name: connectionName(as) } };
  const { connection } = named;
  const source = (object: string) => tried.world.tools.source(connection, object);
  const echo = await echoing(tool, { ...named, source });
  let writes = 0;
  return {
    name: tool,
    facts,
    connection,
    objects: tried.objects,
    source,
    target(object, origin) {
      const target = echo.target(object, origin);
      return {
        ...target,
        send(request, signal) {
          writes += request.writes.length;
          return target.send(request, signal);
        },
      };
    },
    writes: () => writes,
    async [Symbol.asyncDispose]() {
      await echo[Symbol.asyncDispose]();
      await tried[Symbol.asyncDispose]();
    },
  };
}

export function openHub({ hub }: Store, as: string): Side {
  const entityIn = (object: string): EntityName => {
    if (!isEntityName(object)) throw new Error(`no entity ${object}`);
    return object;
  };
  return {
    name: hubName,
    connection: {
      name: connectionName(as),
      connector: hubName,
      baseUrl: null,
      settings: {},
      credential: {},
      owner: null,
      events: [],
    },
    objects: hubFacts.objects,
    facts: hubFacts,
    source: (object) => hub.source(entityIn(object)),
    target: (object, origin) => hub.target(entityIn(object), origin.connection),
    writes: () => null,
    [Symbol.asyncDispose]: () => Promise.resolve(),
  };
}
