import { randomUUID } from "node:crypto";
import {
  createServer,
  type IncomingMessage,
  type RequestListener,
  type ServerResponse,
} from "node:http";
import type { AddressInfo } from "node:net";
import { Mistake } from "#domain/errors.ts";
import type { Log } from "#domain/ports/world.ts";
import { readBody, Refused } from "./body.ts";

export type Answer = {
  status: number;
  type: string;
  body: string;
  /** A mark for this browser, as Set-Cookie has it. */
  cookie?: string;
};

export type Route = {
  method: "GET" | "POST";
  /** A pattern has to fit all of the path. */
  path: string | RegExp;
  /** Gets the parsed JSON body of a POST; anything else than JSON is refused before it gets here. */
  handle(body: unknown, request: IncomingMessage): Promise<Answer>;
};

export type Mount = { path: string | RegExp; take: RequestListener };

export type WebOptions = {
  host: string;
  port: number;
  routes: readonly Route[];
  /** Listeners that take a whole path over, such as Slack's at `/slack/events`. */
  mounts: readonly Mount[];
  /** Whoever answers what no route knows; nobody means 404. */
  otherwise: RequestListener | null;
  log: Log;
};

/** Nothing we serve is larger than a form. */
const bodyLimit = 256 * 1024;

/** Of every answer. */
export const headers = {
  "cache-control": "no-store",
  "referrer-policy": "no-referrer",
  "x-content-type-options": "nosniff",
  "x-frame-options": "DENY",
  "content-security-policy":
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'",
};

/**
 * What browsers and Slack reach. Errors carry a request id and nothing of ours.
 * @throws Mistake when the address is taken
 */
export async function openWeb(
  options: WebOptions,
): Promise<AsyncDisposable & { url: string; port: number }> {
  const server = createServer({
    maxHeaderSize: 16 * 1024,
    headersTimeout: 10_000,
    requestTimeout: 30_000,
    // How often the two above are looked at; half a minute by default.
    connectionsCheckingInterval: 2_000,
  });
  server.maxConnections = 500;
  server.on("request", (request, response) => {
    const pathname = pathOf(request.url ?? "/");
    if (pathname === undefined) return send(response, json(400, { error: "That is no address." }));
    const mount = options.mounts.find(({ path }) => fits(path, pathname));
    const routes = options.routes.filter(({ path }) => fits(path, pathname));
    if (mount !== undefined) mount.take(request, response);
    else if (routes.length > 0) void answer(routes, request, response, options.log);
    else if (options.otherwise !== null) options.otherwise(request, response);
    else send(response, json(404, { error: "There is nothing at this address." }));
    return undefined;
  });
  await listen(server, options);
  const { port } = server.address() as AddressInfo;
  const host = options.host.includes(":") ? `[${options.host}]` : options.host;
  return {
    url: `http://${host}:${port}`,
    port,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    },
  };
}

/** Undefined where it is none: not every target is an address, `//` is not. */
export const pathOf = (target: string): string | undefined =>
  plainPath.test(target) ? target : URL.parse(target, "http://localhost")?.pathname;

/** In which nothing has to be made out. */
const plainPath = /^\/[\w-]+(\/[\w-]+)*$/;

const fits = (path: string | RegExp, pathname: string): boolean =>
  typeof path === "string" ? path === pathname : path.exec(pathname)?.[0] === pathname;

function listen(
  server: ReturnType<typeof createServer>,
  { host, port }: WebOptions,
): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) =>
      reject(
        error.code === "EADDRINUSE"
          ? new Mistake(`Port ${port} is taken; set PORT to another one, or to 0 for any free one.`)
          : error,
      ),
    );
    server.listen(port, host, resolve);
  });
}

async function answer(
  routes: readonly Route[],
  request: IncomingMessage,
  response: ServerResponse,
  log: Log,
): Promise<void> {
  const route = routes.find(({ method }) => method === request.method);
  if (route === undefined) {
    send(response, json(405, { error: `Use ${routes.map(({ method }) => method).join(" or ")}.` }));
    return;
  }
  try {
    const body = route.method === "POST" ? await readJson(request) : undefined;
    send(response, await route.handle(body, request));
  } catch (error) {
    if (error instanceof Refused)
      return send(response, json(error.status, { error: error.message }));
    if (error instanceof Mistake) return send(response, json(422, { error: error.message }));
    const id = randomUUID();
    log.error("a web request failed", { request: id, path: String(route.path), error });
    send(response, json(500, { error: "Something went wrong here.", request: id }));
  }
}

async function readJson(request: IncomingMessage): Promise<unknown> {
  if (!/^application\/json\b/.test(request.headers["content-type"] ?? "")) {
    throw new Refused(415, "Send application/json.");
  }
  const body = await readBody(request, bodyLimit);
  try {
    return JSON.parse(body.toString("utf8"));
  } catch (cause) {
    throw new Refused(400, "That is not JSON.", { cause });
  }
}

export const json = (status: number, value: unknown): Answer => ({
  status,
  type: "application/json; charset=utf-8",
  body: JSON.stringify(value),
});

/** With it an answer goes out in one piece. */
export const lengthOf = (body: string) => ({ "content-length": Buffer.byteLength(body) });

function send(response: ServerResponse, { status, type, body, cookie }: Answer): void {
  const mark = cookie === undefined ? {} : { "set-cookie": cookie };
  response
    .writeHead(status, { ...headers, ...mark, "content-type": type, ...lengthOf(body) })
    .end(body);
}
