import { type Answer, json, type Request } from "../http.ts";
import { rateWindow } from "../rate-window.ts";
import type { Tool } from "../tool-server.ts";
import { accessDenied, type Dialect, tooManyRequests, unauthenticated, worded } from "./errors.ts";
import { isObject } from "./fields.ts";
import { ACCOUNT_ID, ME_PATH } from "./identity.ts";
import { AUTHORIZE_PATH, TOKEN_PATH, type Tokens } from "./tokens.ts";

/** No number is published; a connector that keeps to five a second never meets this one. */
const PER_SECOND = 20;

export type Gate = { gate: Tool["gate"]; on: boolean; limited: number; dialect: Dialect };

/** Who is asking, for which business, with which scope, and how often. */
export function openGate(on: boolean, tokens: Tokens): Gate {
  const second = rateWindow(PER_SECOND, 1000);
  const guard: Gate = {
    on,
    limited: 0,
    dialect: "classic",
    gate(request, next) {
      if (request.path === AUTHORIZE_PATH || request.path === TOKEN_PATH) return next();
      const scopes = tokens.scopes(request.headers.authorization);
      if (scopes === null) return unauthenticated();
      if (guard.on && !second.take()) {
        guard.limited += 1;
        return tooManyRequests();
      }
      const needed = scopeFor(request);
      if (needed !== null && !scopes.includes(needed))
        return forbidden(request.path, `The scope ${needed} is missing.`, guard.dialect);
      const [, family, kind, account] = request.path.split("/");
      const theirs = family !== undefined && kind === "account" && account !== ACCOUNT_ID;
      if (theirs)
        return forbidden(request.path, "You do not have access to this account.", guard.dialect);
      return next();
    },
  };
  return guard;
}

/** The least scope that a request needs; null where any token will do. */
function scopeFor({ method, path, body }: Request): string | null {
  if (path === ME_PATH) return "user:profile:read";
  const right = method === "GET" ? "read" : "write";
  if (/^\/accounting\/account\/[^/]+\/users\/clients/.test(path)) return `user:clients:${right}`;
  if (/^\/accounting\/account\/[^/]+\/invoices\//.test(path)) return `user:invoices:${right}`;
  if (path.startsWith("/projects/")) return `user:projects:${right}`;
  if (path.startsWith("/events/") && method === "POST") return scopeOfEvent(body);
  return null;
}

/** Whoever wants to be told of something has to be allowed to read it. */
function scopeOfEvent(body: string): string | null {
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch {
    return null;
  }
  const callback = isObject(value) ? value["callback"] : null;
  const event = isObject(callback) ? callback["event"] : null;
  const [, noun] = /^(client|invoice|project|payment)\./.exec(String(event as string)) ?? [];
  return noun === undefined ? null : `user:${noun}s:read`;
}

/** Status and wording are unverified, in each of the three ways. */
function forbidden(path: string, message: string, dialect: Dialect): Answer {
  if (path.startsWith("/accounting/")) {
    const { status, problems } = accessDenied(message);
    return worded(status, problems, dialect);
  }
  if (path.startsWith("/projects/")) return json(403, { error: message });
  return json(403, { error_type: "forbidden", message });
}
