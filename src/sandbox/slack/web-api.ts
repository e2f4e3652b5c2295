import type { IncomingMessage, ServerResponse } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { appMethods } from "./api/app.ts";
import { argumentsFrom } from "./api/arguments.ts";
import { canvasMethods } from "./api/canvases.ts";
import { chatMethods } from "./api/chat.ts";
import { conversationMethods } from "./api/conversations.ts";
import { fileMethods } from "./api/files.ts";
import type { Method } from "./api/method.ts";
import { peopleMethods } from "./api/people.ts";
import { viewMethods } from "./api/views.ts";
import { asText, type Fields } from "./fields.ts";
import { SlackRefusal } from "./refusal.ts";
import { readFields } from "./request-body.ts";
import type { Slack } from "./slack.ts";

/** Every method there is, by its name. */
export const methods = new Map<string, Method>(
  Object.entries({
    ...appMethods,
    ...canvasMethods,
    ...chatMethods,
    ...conversationMethods,
    ...fileMethods,
    ...peopleMethods,
    ...viewMethods,
  }),
);

type Answer = { status: number; body: Fields; headers: Record<string, string> };

/** Answers one call of the Web API, as `https://slack.com/api/METHOD` would. */
export async function answerCall(
  name: string,
  request: IncomingMessage,
  response: ServerResponse,
  slack: Slack,
): Promise<void> {
  const { pathname: _, searchParams } = new URL(request.url ?? "/", "http://localhost");
  const fields = { ...Object.fromEntries(searchParams), ...(await readFields(request)) };
  if (slack.faults.delayMs() > 0) await sleep(slack.faults.delayMs());
  slack.statistics.called(name);
  const { status, body, headers } = await answer(name, tokenOf(request, fields), fields, slack);
  response.writeHead(status, { "content-type": "application/json; charset=utf-8", ...headers });
  response.end(JSON.stringify(body));
}

async function answer(
  name: string,
  token: string | undefined,
  fields: Fields,
  slack: Slack,
): Promise<Answer> {
  if (slack.faults.isOut()) return refusal(name, "service_unavailable", {}, slack, 503);
  try {
    const method = methods.get(name);
    if (!method) throw new SlackRefusal("unknown_method", { req_method: name });
    checkToken(method, token, slack);
    const wait = slack.faults.refusedFor(name) ?? slack.rateLimits.spendCall(name, method.tier);
    if (wait !== undefined) throw new SlackRefusal("ratelimited", { retry_after: wait });
    const beside = await method.run(argumentsFrom(fields), slack);
    return { status: 200, body: { ok: true, ...beside }, headers: scopeHeaders(method, slack) };
  } catch (error) {
    if (!(error instanceof SlackRefusal)) throw error;
    const { retry_after, ...beside } = error.beside;
    if (retry_after === undefined) return refusal(name, error.code, beside, slack);
    const refused = refusal(name, error.code, beside, slack, 429);
    return { ...refused, headers: { "retry-after": String(retry_after) } };
  }
}

function checkToken(method: Method, token: string | undefined, slack: Slack) {
  if (method.token === "none") return;
  const { bot_token, app_token } = slack.workspace.identity;
  if (token === undefined) throw new SlackRefusal("not_authed");
  if (token !== bot_token && token !== app_token) throw new SlackRefusal("invalid_auth");
  if (token !== (method.token === "bot" ? bot_token : app_token)) {
    throw new SlackRefusal("not_allowed_token_type");
  }
  if (token === bot_token && slack.faults.tokenRevoked()) throw new SlackRefusal("token_revoked");
  const provided = slack.settings.app.scopes;
  const allowed =
    method.scopes.length === 0 || method.scopes.some((scope) => provided.includes(scope));
  if (!allowed) {
    const needed = method.scopes.join(",");
    throw new SlackRefusal("missing_scope", { needed, provided: provided.join(",") });
  }
}

const scopeHeaders = (method: Method, { settings }: Slack): Record<string, string> =>
  method.token === "bot"
    ? {
        "x-oauth-scopes": settings.app.scopes.join(","),
        "x-accepted-oauth-scopes": method.scopes.join(","),
      }
    : {};

function refusal(
  name: string,
  error: string,
  beside: Fields,
  { statistics }: Slack,
  status = 200,
): Answer {
  statistics.refused(name, error, beside["response_metadata"] ?? beside);
  return { status, body: { ok: false, error, ...beside }, headers: {} };
}

function tokenOf(request: IncomingMessage, fields: Fields): string | undefined {
  const bearer = /^Bearer (.+)$/.exec(request.headers.authorization ?? "")?.[1];
  return bearer ?? asText(fields["token"]);
}
