import type { IncomingMessage, ServerResponse } from "node:http";
import { act, suggest, type Container } from "./actions.ts";
import { runCommand } from "./commands.ts";
import { openHome, write } from "./conversation-events.ts";
import { asFields, asText, type Fields } from "./fields.ts";
import { imageType, isCanvas } from "./files.ts";
import { pageFile } from "./page-files.ts";
import { SlackRefusal } from "./refusal.ts";
import { readBytes, readFields } from "./request-body.ts";
import type { Slack } from "./slack.ts";
import { closeView, submit } from "./submissions.ts";
import { stateFor } from "./ui-state.ts";
import type { Channel, User } from "./residents.ts";

type Deed = (user: User, body: Fields, slack: Slack) => Promise<Fields> | Fields;

const heartbeatMs = 15_000;

/** What a person can do on the page: `POST /ui/NAME`. */
const deeds = new Map<string, Deed>([
  [
    "/ui/command",
    (user, body, slack) => runCommand(user, channelFor(user, body, slack), textOf(body), slack),
  ],
  [
    "/ui/message",
    (user, body, slack) => {
      const channel = channelFor(user, body, slack);
      const { ts } = write(user, channel, textOf(body), asText(body["thread_ts"]), slack);
      return { ok: true, ts };
    },
  ],
  [
    "/ui/action",
    (user, body, slack) =>
      act(user, containerOf(body), asFields(body["action"]), asFields(body["values"]), slack),
  ],
  [
    "/ui/suggest",
    async (user, body, slack) => ({
      ok: true,
      ...(await suggest(user, containerOf(body), body, slack)),
    }),
  ],
  [
    "/ui/submit",
    (user, body, slack) => submit(user, String(body["view_id"]), asFields(body["values"]), slack),
  ],
  [
    "/ui/close",
    (user, body, slack) => {
      closeView(user, String(body["view_id"]), body["all"] === true, slack);
      return { ok: true };
    },
  ],
  [
    "/ui/home",
    (user, _, slack) => {
      openHome(user, slack);
      return { ok: true };
    },
  ],
]);

/** Answers the page's own requests; false when the path is none of its. */
export async function answerPage(
  request: IncomingMessage,
  response: ServerResponse,
  url: URL,
  slack: Slack,
): Promise<boolean> {
  const { pathname } = url;
  if (request.method === "POST" && pathname === "/ui/files") {
    json(response, await takeFile(request, url, slack));
    return true;
  }
  if (request.method === "POST") {
    const deed = deeds.get(pathname);
    if (!deed) return false;
    json(response, await done(deed, await readFields(request), slack));
    return true;
  }
  if (pathname === "/ui/state") showState(url, response, slack);
  else if (pathname === "/ui/events") stream(request, response, slack);
  else if (pathname.startsWith("/ui/files/")) showFile(pathname.slice(10), response, slack);
  else if (pathname.startsWith("/archives/")) goToMessage(url, response);
  else return showPage(pathname, response);
  return true;
}

async function done(deed: Deed, body: Fields, slack: Slack): Promise<Fields> {
  try {
    return await deed(personOf(asText(body["user"]), slack), body, slack);
  } catch (error) {
    if (!(error instanceof SlackRefusal)) throw error;
    return { ok: false, error: error.code };
  }
}

/** A file chosen in a form: its content is the body, whose it is and its name stand in the address. */
async function takeFile(request: IncomingMessage, { searchParams }: URL, slack: Slack) {
  const content = await readBytes(request);
  const name = asText(searchParams.get("name")?.replace(/^.*[\\/]/, ""));
  const user = searchParams.get("user") ?? undefined;
  const put: Deed = ({ id }) => {
    if (name === undefined) throw new SlackRefusal("no_name");
    return { ok: true, file: slack.files.shown(slack.files.put(id, name, content)) };
  };
  return done(put, { user }, slack);
}

function showState(url: URL, response: ServerResponse, slack: Slack) {
  const first = slack.workspace.users().find(({ is_bot, deleted }) => !is_bot && !deleted);
  const me = slack.workspace.person(url.searchParams.get("user") ?? first?.id ?? "");
  if (me) json(response, stateFor(me, slack));
  else json(response, { ok: false, error: "user_not_found" }, 404);
}

function stream(request: IncomingMessage, response: ServerResponse, { changes }: Slack) {
  response.writeHead(200, { "content-type": "text/event-stream", "cache-control": "no-store" });
  const say = (version: number) => response.write(`data: {"version": ${version}}\n\n`);
  say(changes.version());
  const stop = changes.watch(say);
  const heartbeat = setInterval(() => response.write(":\n\n"), heartbeatMs);
  request.on("close", () => {
    stop();
    clearInterval(heartbeat);
  });
}

function showFile(id: string, response: ServerResponse, { files }: Slack) {
  const file = files.get(id);
  if (!file || file.kind === "asked") return notFound(response);
  const type = isCanvas(file) ? "text/plain; charset=utf-8" : imageType(file.name);
  response.writeHead(200, {
    "content-type": type ?? "application/octet-stream",
    "content-disposition": type ? "inline" : "attachment",
    "x-content-type-options": "nosniff",
  });
  response.end(Buffer.from(file.content, "base64"));
}

/** A permalink leads to the page, which opens the thread that the message is in or begins. */
function goToMessage({ pathname, searchParams }: URL, response: ServerResponse) {
  const [, channel = "", stamp = ""] = /^\/archives\/(\w+)\/p(\d+)$/.exec(pathname) ?? [];
  const ts = `${stamp.slice(0, -6)}.${stamp.slice(-6)}`;
  const thread = searchParams.get("thread_ts") ?? ts;
  if (!/^[\d.]+$/.test(thread)) return notFound(response);
  response.writeHead(302, { location: `/#/c/${channel}/${thread}` }).end();
}

async function showPage(pathname: string, response: ServerResponse): Promise<boolean> {
  const path = pathname === "/" ? "index.html" : /^\/page\/(.+)$/.exec(pathname)?.[1];
  const file = path === undefined ? undefined : await pageFile(path);
  if (!file) return false;
  response.writeHead(200, {
    "content-type": file.type,
    "cache-control": "no-cache",
    "x-content-type-options": "nosniff",
  });
  response.end(file.content);
  return true;
}

function personOf(id: string | undefined, { workspace }: Slack): User {
  const user = id === undefined ? undefined : workspace.person(id);
  if (!user) throw new SlackRefusal("user_not_found");
  return user;
}

function channelFor(user: User, body: Fields, { workspace }: Slack): Channel {
  const channel = workspace.channel(String(body["channel"]));
  if (!channel || !workspace.sees(user.id, channel)) throw new SlackRefusal("channel_not_found");
  return channel;
}

function textOf(body: Fields): string {
  const text = asText(body["text"])?.trim();
  if (!text) throw new SlackRefusal("no_text");
  return text;
}

function containerOf(body: Fields): Container {
  const { kind, channel, ts, view_id } = asFields(body["container"]);
  if (kind === "message") return { kind, channel: String(channel), ts: String(ts) };
  if (kind === "view") return { kind, view_id: String(view_id) };
  if (kind === "home") return { kind };
  throw new SlackRefusal("invalid_container");
}

export function json(response: ServerResponse, body: Fields, status = 200) {
  response.writeHead(status, {
    "content-type": "application/json; charset=utf-8",
    "cache-control": "no-store",
  });
  response.end(JSON.stringify(body));
}

export function notFound(response: ServerResponse) {
  response.writeHead(404, { "content-type": "text/plain" }).end("Not found");
}
