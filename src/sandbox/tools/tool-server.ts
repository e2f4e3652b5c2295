import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { type Faults, openFaults } from "./faults.ts";
import { altered, delay, isDelayed, type Wording } from "./failing.ts";
import { type Answer, Refusal, type Request, type Route, router } from "./http.ts";

export type Tool = {
  /** The tool's own interface: counted, limited, and subject to faults. */
  routes: Route[];
  /** Stands before every route of it: who is asking, and how often. */
  gate(request: Request, next: () => Promise<Answer>): Answer | Promise<Answer>;
  wording: Wording;
};

export type ToolServer = AsyncDisposable & {
  base_url: string;
  requests: Record<string, number>;
  faults: Faults;
};

const LARGEST_BODY = 64 * 1024 * 1024;

/** Serves a tool's routes and, beside them, routes of ours that no fault or limit touches. */
export async function serveTool(
  tool: Tool,
  ours: (server: ToolServer) => Route[],
  port = 0,
): Promise<ToolServer> {
  const faults = openFaults();
  const requests: Record<string, number> = {};
  const findTool = router(tool.routes);
  let findOurs = router([]);

  async function answer(request: Request): Promise<Answer> {
    const found = findTool(request.method, request.path);
    const label = `${request.method} ${found.kind === "found" ? found.route.path : request.path}`;
    requests[label] = (requests[label] ?? 0) + 1;
    return tool.gate(request, async () => {
      if (found.kind === "unknown") return tool.wording.notFound(request.path);
      if (found.kind === "wrong_method") return tool.wording.wrongMethod(request.method);
      return refusing(() => found.route.handle({ ...request, params: found.params }));
    });
  }

  const server = createServer({ keepAliveTimeout: 60_000 }, (incoming, outgoing) => {
    void (async () => {
      const request = await requestOf(incoming);
      if (request === undefined) return void outgoing.writeHead(413).end();
      const own = findOurs(request.method, request.path);
      if (own.kind === "found") {
        if (fromElsewhere(request)) return void outgoing.writeHead(403).end();
        const ready = await refusing(() => own.route.handle({ ...request, params: own.params }));
        return send(outgoing, ready);
      }
      const effect = faults.meet(request.method, incoming.url ?? "");
      if (effect === undefined) return send(outgoing, await answer(request));
      const due = () => answer(request);
      if (isDelayed(effect)) await delay(effect, due, outgoing, send);
      else send(outgoing, await altered(effect, due, tool.wording));
    })().catch(() => outgoing.destroy());
  });

  server.listen(port, "127.0.0.1");
  await once(server, "listening");
  const self: ToolServer = {
    base_url: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`,
    requests,
    faults,
    async [Symbol.asyncDispose]() {
      const closed = once(server, "close");
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
  findOurs = router(ours(self));
  return self;
}

async function requestOf(incoming: IncomingMessage): Promise<Request | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of incoming as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > LARGEST_BODY) return undefined;
    chunks.push(chunk);
  }
  const url = new URL(incoming.url ?? "/", "http://tool.invalid");
  const raw = Buffer.concat(chunks);
  return {
    method: incoming.method ?? "GET",
    path: url.pathname,
    query: url.searchParams,
    headers: incoming.headers,
    body: raw.toString("utf8"),
    raw,
    params: {},
    origin: `http://${incoming.headers.host ?? ""}`,
  };
}

/** A page of another site in the same browser has no business with what is ours here. */
function fromElsewhere({ headers: { origin, host } }: Request): boolean {
  return origin !== undefined && origin !== `http://${host ?? ""}`;
}

async function refusing(handle: () => Answer | Promise<Answer>): Promise<Answer> {
  try {
    return await handle();
  } catch (error) {
    if (error instanceof Refusal) return error.answer;
    throw error;
  }
}

function send(outgoing: ServerResponse, answer: Answer): void {
  const length = { "content-length": String(Buffer.byteLength(answer.body)) };
  const empty = answer.status === 204;
  outgoing.writeHead(answer.status, empty ? answer.headers : { ...answer.headers, ...length });
  outgoing.end(empty ? undefined : answer.body);
}
