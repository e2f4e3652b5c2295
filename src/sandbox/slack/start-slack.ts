import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { openShelf } from "../collection.ts";
import { assertInstallable } from "./app-rules.ts";
import { answerTo } from "./answers.ts";
import { pull } from "./control.ts";
import { download } from "./file-downloads.ts";
import { SlackRefusal } from "./refusal.ts";
import { parseObject, readBytes, readFields, readUpload } from "./request-body.ts";
import type { Limits } from "./rate-limits.ts";
import { isSameOrigin } from "./same-origin.ts";
import type { AppSettings, Timings } from "./settings.ts";
import { openSlack, type Slack } from "./slack.ts";
import { answerPage, json, notFound } from "./ui.ts";
import { answerCall } from "./web-api.ts";

export type SlackOptions = {
  /** Where it keeps what it knows; null forgets everything at the end. */
  folder: string | null;
  port?: number;
  host?: "127.0.0.1";
  app: AppSettings;
  /** Where the app takes events, interactions and commands over HTTP; null means Socket Mode. */
  requestUrl?: string | null;
  /** Links to the simulated tools, shown by the page. */
  tools?: { name: string; url: string }[];
  timings?: Partial<Timings>;
  limits?: Partial<Limits>;
};

export type RunningSlack = AsyncDisposable & {
  /** The page, and everything else below it. */
  url: string;
  api_url: string;
  bot_token: string;
  app_token: string;
  signing_secret: string;
  team_id: string;
  /** Answers a request that another server of this process took. */
  handle(request: IncomingMessage, response: ServerResponse): void;
};

const timings: Timings = { ackMs: 3000, triggerMs: 3000, eventRetriesMs: [1000, 60_000, 300_000] };
const limits: Limits = { messagesPerSecond: 1, messageBurst: 5, tiers: true };

/**
 * Starts the simulated Slack on the loopback address. What it holds outlives it in `folder`. Throws
 * when the port is taken, and for an app that Slack would not install.
 */
export async function startSlack(options: SlackOptions): Promise<RunningSlack> {
  assertInstallable(options.app);
  await using parts = new AsyncDisposableStack();
  const shelf = parts.use(openShelf(options.folder, "slack"));
  const slack = openSlack(shelf, {
    app: options.app,
    requestUrl: options.requestUrl ?? null,
    tools: options.tools ?? [],
    timings: { ...timings, ...options.timings },
    limits: { ...limits, ...options.limits },
    canvases: "paid",
  });
  const working = new Set<Promise<void>>();
  // What is still being answered may yet write to the shelf.
  parts.defer(async () => void (await Promise.all(working)));
  const handle = (request: IncomingMessage, response: ServerResponse) => {
    const work = route(request, response, slack)
      .catch((error: unknown) => fail(request, response, error))
      .finally(() => working.delete(work));
    working.add(work);
  };
  // A client that asks again just as its connection is given up would find it broken.
  const server = createServer({ keepAliveTimeout: 60_000 }, handle);
  parts.defer(() => closeServer(server));
  parts.use(slack);
  server.on("upgrade", slack.socketMode.upgrade);
  slack.origin.current = await listen(server, options.port ?? 0, options.host ?? "127.0.0.1");
  const { bot_token, app_token, signing_secret } = slack.workspace.identity;
  const running = parts.move();

  return {
    url: slack.origin.current,
    api_url: `${slack.origin.current}/api/`,
    bot_token,
    app_token,
    signing_secret,
    team_id: slack.workspace.team.id,
    handle,
    [Symbol.asyncDispose]: () => running.disposeAsync(),
  };
}

async function listen(server: Server, port: number, host: string): Promise<string> {
  const listening = Promise.withResolvers<void>();
  server.once("error", listening.reject);
  server.listen(port, host, listening.resolve);
  await listening.promise;
  return `http://${host}:${(server.address() as AddressInfo).port}`;
}

async function closeServer(server: Server) {
  if (!server.listening) return;
  const closed = Promise.withResolvers<unknown>();
  server.close(closed.resolve);
  server.closeAllConnections();
  await closed.promise;
}

type Route = (
  rest: string,
  request: IncomingMessage,
  response: ServerResponse,
  slack: Slack,
) => Promise<void> | void;

/** Who answers, by the first part of the path; everything else is the page's. */
const routes = new Map<string, Route>(
  Object.entries({
    api: answerCall,
    response: respond,
    upload,
    "files-pri": download,
    _stats: (_, __, response, { socketMode, statistics }) =>
      json(response, { connections: socketMode.connections(), ...statistics.report() }),
    async _control(_, request, response, slack) {
      json(response, await pull(await readFields(request), slack));
    },
  } satisfies Record<string, Route>),
);

async function route(request: IncomingMessage, response: ServerResponse, slack: Slack) {
  if (!isSameOrigin(request)) {
    json(response, { ok: false, error: "This is only reached from this machine." }, 403);
    return;
  }
  const url = new URL(request.url ?? "/", "http://localhost");
  const [, first = "", rest = ""] = /^\/([^/]*)\/?(.*)$/.exec(url.pathname) ?? [];
  const found = routes.get(first);
  if (found) await found(rest, request, response, slack);
  else if (!(await answerPage(request, response, url, slack))) notFound(response);
}

/** A post to a `response_url`. */
async function respond(
  secret: string,
  request: IncomingMessage,
  response: ServerResponse,
  slack: Slack,
) {
  const body = parseObject(String(await readBytes(request)));
  if (slack.faults.isOut()) return json(response, { ok: false }, 503);
  try {
    answerTo(slack.responseUrls.use(secret), body, slack);
    json(response, { ok: true });
  } catch (error) {
    if (!(error instanceof SlackRefusal)) throw error;
    slack.statistics.refused("response_url", error.code, error.beside);
    const status = error.code.endsWith("_url") ? 404 : 400;
    json(response, { ok: false, error: error.code, ...error.beside }, status);
  }
}

async function upload(
  rest: string,
  request: IncomingMessage,
  response: ServerResponse,
  slack: Slack,
) {
  const content = await readUpload(request);
  try {
    const { size } = slack.files.receive(rest.replace("v1/", ""), content);
    response.writeHead(200, { "content-type": "text/plain" }).end(`OK - ${size}`);
  } catch (error) {
    if (!(error instanceof SlackRefusal)) throw error;
    notFound(response);
  }
}

function fail(request: IncomingMessage, response: ServerResponse, error: unknown) {
  // The other side hung up in the middle of its request.
  if (request.destroyed && !request.complete) return;
  console.error("The simulated Slack failed:", error);
  if (response.headersSent) response.destroy();
  else json(response, { ok: false, error: "internal_error" }, 500);
}
