import { createServer, request, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { Connection } from "#domain/connection.ts";
import type { FileContent, Origin, Source, Target } from "#domain/ports/tools.ts";
import { connectionName, flowName } from "#domain/ids.ts";
import type { Fields } from "#domain/fields.ts";
import type { Write, WriteOutcome } from "#domain/record.ts";
import { tools as simulated } from "#sandbox/tools/index.ts";
import type { SimulatedTool, ToolOptions } from "#sandbox/tools/simulated-tool.ts";
import { connectionTo, never, openWorld, type World } from "../world.ts";

export type Tool = "dropbox" | "google-drive";

/** What a go-between does to a request that comes by; without an answer it goes on as it is. */
export type Meddle = (
  about: { path: string; method: string; body: Buffer; headers: IncomingMessage["headers"] },
  parts: { to: ServerResponse; pass(breakAfter?: number): Promise<void> },
) => Promise<boolean> | boolean;

/** What was asked and answered. */
export type Exchange = {
  method: string;
  url: URL;
  headers: IncomingMessage["headers"];
  sent: Buffer;
  status: number;
  answered: IncomingMessage["headers"];
  received: Buffer;
};

export type Opened = AsyncDisposable & {
  tool: SimulatedTool;
  world: World;
  connection: Connection;
  source: Source;
  target(origin?: Origin["content"]): Target;
  /** Everything that came by. */
  exchanges: Exchange[];
  meddle: { with: Meddle };
};

/** A simulated tool behind a go-between that may break what passes. */
export async function openFiles(
  name: Tool,
  options: Partial<ToolOptions> = {},
  settings: Record<string, string> = {},
): Promise<Opened> {
  const tool = await simulated[name]({ folder: null, limits: false, seed: 0, flaws: false, ...options }); // prettier-ignore
  const exchanges: Exchange[] = [];
  const meddle: { with: Meddle } = { with: () => false };
  const upstream = new URL(tool.base_url);
  const server = createServer((incoming, to) => {
    void between(incoming, to, { upstream, exchanges, meddle });
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const { port } = server.address() as AddressInfo;
  const world = await openWorld(tool.credential);
  const connection = connectionTo(name, `http://127.0.0.1:${String(port)}`, {
    settings,
    credential: Object.keys(tool.credential),
  });
  return {
    tool,
    world,
    connection,
    exchanges,
    meddle,
    source: world.tools.source(connection, "files"),
    target: (content = null) =>
      world.tools.target(connection, "files", {
        connection: connectionName("left"),
        flow: flowName("by-hand"),
        content,
      }),
    async [Symbol.asyncDispose]() {
      await world[Symbol.asyncDispose]();
      server.closeAllConnections();
      server.close();
      await tool[Symbol.asyncDispose]();
    },
  };
}

async function between(
  incoming: IncomingMessage,
  to: ServerResponse,
  { upstream, exchanges, meddle }: Pick<Opened, "exchanges" | "meddle"> & { upstream: URL },
): Promise<void> {
  const pieces: Buffer[] = [];
  for await (const piece of incoming as AsyncIterable<Buffer>) pieces.push(piece);
  const body = Buffer.concat(pieces);
  const { method = "GET", url = "/", headers } = incoming;
  const pass = (breakAfter = Infinity): Promise<void> =>
    new Promise((done) => {
      const options = { host: upstream.hostname, port: upstream.port, method, path: url, headers };
      const onward = request(options, (answer) => {
        to.writeHead(answer.statusCode ?? 500, answer.headers);
        let sent = 0;
        const received: Buffer[] = [];
        answer.on("data", (piece: Buffer) => {
          received.push(piece);
          const part = piece.subarray(0, Math.max(0, breakAfter - sent));
          sent += part.length;
          to.write(part);
          if (sent >= breakAfter) to.destroy();
        });
        answer.on("end", () => {
          const status = answer.statusCode ?? 500;
          const about = { method, url: new URL(url, upstream), headers, sent: body };
          exchanges.push({ ...about, status, answered: answer.headers, received: Buffer.concat(received) }); // prettier-ignore
          if (sent < breakAfter) to.end();
          else to.destroy();
          done();
        });
      });
      onward.end(body);
    });
  if (!(await meddle.with({ path: url, method, body, headers }, { to, pass }))) await pass();
}

let count = 0;

/** Sends one write, as the engine does. */
export async function send(target: Target, write: Write): Promise<WriteOutcome> {
  const sent = await target.send({ id: `w${String((count += 1))}`, writes: [write] }, never);
  if (sent.kind !== "each") throw new Error(JSON.stringify(sent));
  const [outcome] = sent.outcomes;
  if (outcome === undefined) throw new Error("no outcome");
  return outcome;
}

export const create = (fields: Fields, key = "k"): Write => ({
  kind: "create",
  key,
  hash: "h",
  fields,
});

export const idOf = (outcome: WriteOutcome): string => {
  if (outcome.kind !== "accepted") throw new Error(JSON.stringify(outcome));
  return outcome.id;
};

/** Bytes as another tool's source gives them. */
export const holding =
  (bytes: Buffer, hash: string): NonNullable<Origin["content"]> =>
  () =>
    Promise.resolve<FileContent>({
      size: bytes.length,
      mediaType: null,
      hash,
      async *bytes() {
        await Promise.resolve();
        for (let at = 0; at < bytes.length; at += 65_536) yield bytes.subarray(at, at + 65_536);
      },
    });
