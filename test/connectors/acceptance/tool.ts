import { inspect } from "node:util";
import { loadManifests } from "#connectors/manifest/load.ts";
import type { Connection, Secret } from "#domain/connection.ts";
import { connectionName, flowName } from "#domain/ids.ts";
import type { Json } from "#domain/json.ts";
import type { ObjectFacts } from "#domain/ports/connector-facts.ts";
import type { Source } from "#domain/ports/tools.ts";
import type { Log } from "#domain/ports/world.ts";
import { asRead, type Page, type SourceRecord } from "#domain/record.ts";
import { tools as simulated } from "#sandbox/tools/index.ts";
import type { SimulatedTool, ToolOptions } from "#sandbox/tools/simulated-tool.ts";
import { asking, throughBrowser } from "./sign-in.ts";
import { connectionTo, folder, never, openWorld, type World } from "../world.ts";

export type ToolName = keyof typeof simulated;

/** A simulated tool with a connection to it through our connector. */
export type Tried = AsyncDisposable & {
  tool: SimulatedTool;
  connection: Connection;
  world: World;
  /** What was logged. */
  said: readonly string[];
  /** A person connects once more. */
  signIn(): Promise<void>;
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
export const origin = {
  connection: connectionName("elsewhere"),
  flow: flowName("accepted"),
  content: null,
};

const manifests = (await loadManifests([folder])).manifests;

/** How somebody is connected: with a key, or signed in through the browser for these scopes. */
type How = { by: "key" | "browser"; scopes?: readonly string[]; secret?: Secret };

/** Starts the tool, without limits unless asked, and connects to it as a person would with a key. */
export async function tryTool(name: ToolName, options: Partial<ToolOptions> = {}): Promise<Tried> {
  const tool = await simulated[name]({ folder: null, limits: false, ...options });
  return connected(name, tool, { by: "key" }, async () => tool[Symbol.asyncDispose]());
}

/**
 * The same, signed in through the browser where the tool has such a door, with the scopes its connector
 * asks for unless others are given. @throws an Error that says why the tool lets nobody in
 */
export async function signedIn(name: ToolName, scopes?: readonly string[]): Promise<Tried> {
  const tool = await simulated[name]({ folder: null, limits: false });
  const by = tool.oauth === null ? "key" : "browser";
  const how: How = { by, ...(scopes === undefined ? {} : { scopes }) };
  return connected(name, tool, how, async () => tool[Symbol.asyncDispose]());
}

/** The same connection, where another stands for the tool, with this credential. */
export const toolBehind = (
  name: ToolName,
  { tool }: Tried,
  base_url: string,
  secret: Secret,
): Promise<Tried> =>
  connected(
    name,
    { ...tool, base_url, credential: secret, settings: tool.settings },
    { by: "key", secret },
    () => Promise.resolve(),
  );

async function connected(
  name: ToolName,
  tool: SimulatedTool,
  how: How,
  close: () => Promise<void>,
): Promise<Tried> {
  const said: string[] = [];
  // The others would be compiled for nothing, which was a sixth of these tests' time.
  const manifest = asking(manifests, name, how.scopes);
  const world = await openWorld(how.secret ?? {}, [manifest], logTo(said));
  const facts = world.tools.facts(name);
  if (facts === undefined) throw new Error(`There is no connector ${name}`);
  const { settings } = tool;
  const form = facts.credentials.find(({ browser }) => browser);
  const fields = form?.fields.map((field) => field.name) ?? [];
  const credential = how.by === "key" ? Object.keys(tool.credential) : fields;
  const connection = connectionTo(name, tool.base_url, { settings, credential });
  const source = (object: string) => world.tools.source(connection, object);
  const signIn = async () => {
    world.vault.secret =
      how.by === "key" ? tool.credential : await throughBrowser(world.tools, connection, tool);
  };
  if (how.secret === undefined) await signIn();

  return {
    tool,
    connection,
    world,
    said,
    signIn,
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
    again: () =>
      connected(name, tool, { ...how, secret: world.vault.secret }, () => Promise.resolve()),
    async [Symbol.asyncDispose]() {
      await world[Symbol.asyncDispose]();
      await close();
    },
  };
}

const logTo = (said: string[]): Log => {
  const say = (...words: unknown[]) => void said.push(inspect(words, { depth: 12 }));
  return { info: say, warn: say, error: say };
};

async function readPages(source: Source, from: Json | null, gone: boolean): Promise<Read> {
  const records = new Map<string, SourceRecord>();
  let last: Page | undefined;
  let pages = 0;
  for await (const page of source.pages(from, { gone, signal: never })) {
    for (const record of page.records) records.set(record.id, asRead(record));
    last = page;
    pages += 1;
  }
  return { records: [...records.values()], checkpoint: last?.checkpoint ?? null, pages };
}
