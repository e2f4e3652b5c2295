import type { IncomingMessage, ServerResponse } from "node:http";
import type { Slack } from "./slack.ts";
import { notFound } from "./ui.ts";

/**
 * What stands at a file's `url_private`. Whoever has no right to it is sent to the page for signing in,
 * as a browser would be (the status of that redirect is unverified).
 */
export function download(
  rest: string,
  request: IncomingMessage,
  response: ServerResponse,
  { files, faults, settings, workspace, origin }: Slack,
): void {
  if (faults.isOut()) {
    response.writeHead(503).end();
    return;
  }
  const token = /^Bearer (.+)$/.exec(request.headers.authorization ?? "")?.[1];
  const may =
    token === workspace.identity.bot_token &&
    !faults.tokenRevoked() &&
    settings.app.scopes.includes("files:read");
  if (!may) {
    response.writeHead(302, { location: `${origin.current}/?redir=${encodeURIComponent(rest)}` });
    response.end();
    return;
  }
  const [, team, id = ""] = /^(T\w+)-(F\w+)\//.exec(rest) ?? [];
  const file = team === workspace.team.id ? files.seenByApp(id) : undefined;
  if (!file) return notFound(response);
  response.writeHead(200, {
    "content-type": String(files.shown(file)["mimetype"]),
    "content-length": file.size,
    "content-disposition": "attachment",
    "x-content-type-options": "nosniff",
  });
  response.end(Buffer.from(file.content, "base64"));
}
