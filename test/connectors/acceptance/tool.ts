import { loadManifests } from "#connectors/manifest/load.ts";
import type { Connection } from "#domain/connection.ts";
import { connectionName, flowName } from "#domain/ids.ts";
import type { Json } from "#domain/json.ts";
import type { ObjectFacts, Source } from "#domain/ports/tools.ts";
import type { Page, SourceRecord } from "#domain/record.ts";
import { tools as simulated } from "#sandbox/tools/index.ts";
import type { SimulatedTool, ToolOptions } from "#sandbox/tools/simulated-tool.ts";
import { connectionTo, folder, never, openWorld, type World } from "../world.ts";

export type ToolName = keyof typeof simulated;

/** A simulated tool with a connection to it through our connector. */
export type Tried = AsyncDisposable & {
  tool: SimulatedTool;
  connection: Connection;
  world: World;
  objects: readonly ObjectFacts[];
  source(object: string): Source;
  target(object: string): ReturnType<World["tools"]["target"]>;
  /** Everything, or what has changed since the checkpoint. */
  readAll(object: string, from?: Json | null, gone?: boolean): Promise<Read>;
  /** Beside the tool's own interface: faults, switches, edits. */
  control(path: "/_config" | "/_edit" | "/_seed", body: unknown): Promise<unknown>;
  /** The same account through a process of its own, as after a restart. */
  again(): Promise<Tried>;
};

export type Read = { records: readonly SourceRecord[]; checkpoint: Json; pages: number };

/** Stands for a flow that writes. */
const origin = {
  connection: connectionName("elsewhere"),
  flow: flowName("accepted"),
  content: null,
};

const manifests = (await loadManifests([folder])).manifests;

/** Starts the tool, without limits unless asked, and connects to it as a person would with a key. */
export async function tryTool(name: ToolName, options: Partial<ToolOptions> = {}): Promise<Tried> {
  const tool = await simulated[name]({ folder: null, limits: false, ...options });
  return connected(name, tool, async () => tool[Symbol.asyncDispose]());
}

async function connected(
  name: ToolName,
  tool: SimulatedTool,
  close: () => Promise<void>,
): Promise<Tried> {
  const world = await openWorld(tool.credential, manifests);
  const { settings } = tool;
  const credential = Object.keys(tool.credential);
  const connection = connectionTo(name, tool.base_url, { settings, credential });
  const facts = world.tools.facts(name);
  if (facts === undefined) throw new Error(`There is no connector ${name}`);
  const source = (object: string) => world.tools.source(connection, object);

  return {
    tool,
    connection,
    world,
    objects: facts.objects,
    source,
    target: (object) => world.tools.target(connection, object, origin),
    readAll: (object, from = null, gone = false) => readPages(source(object), from, gone),
    async control(path, body) {
      const answer = await fetch(tool.base_url + path, { method: "POST", body: JSON.stringify(body) }); // prettier-ignore
      const text = await answer.text();
      if (!answer.ok) throw new Error(`${path}: ${text}`);
      return JSON.parse(text) as unknown;
    },
    again: () => connected(name, tool, () => Promise.resolve()),
    async [Symbol.asyncDispose]() {
      await world[Symbol.asyncDispose]();
      await close();
    },
  };
}

async function readPages(source: Source, from: Json | null, gone: boolean): Promise<Read> {
  const records = new Map<string, SourceRecord>();
  let last: Page | undefined;
  let pages = 0;
  for await (const page of source.pages(from, { gone, signal: never })) {
    for (const record of page.records) records.set(record.id, record);
    last = page;
    pages += 1;
  }
  return { records: [...records.values()], checkpoint: last?.checkpoint ?? null, pages };
}
