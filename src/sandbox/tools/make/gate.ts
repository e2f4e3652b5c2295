import type { Answer, Request } from "../http.ts";
import { rateWindow } from "../rate-window.ts";
import type { Tool } from "../tool-server.ts";
import { accessDenied, tooManyRequests, unauthorized } from "./errors.ts";
import { tooMany } from "./webhook.ts";

/** An API key with every scope that is asked for here, and one that may only read. */
export const API_KEY = "7c1a4f0e-5b0d-4c57-9a53-000000000001";
export const READING_KEY = "7c1a4f0e-5b0d-4c57-9a53-000000000002";
const READING = ["user:read", "scenarios:read", "dlqs:read", "hooks:read"];
const SCOPES: Record<string, readonly string[]> = {
  [API_KEY]: [...READING, "scenarios:write", "scenarios:run", "dlqs:write", "hooks:write"],
  [READING_KEY]: READING,
};

/** The plan's: 60, 120, 240 or 1,000 a minute. */
const PER_MINUTE = 240;
const MINUTE = 60_000;
const PER_HOOK = 300;
const TEN_SECONDS = 10_000;

export type Gate = { gate: Tool["gate"]; on: boolean; limited: number; revoked: boolean };

/** Who is asking and what for, and how often; webhooks know nobody and have a limit of their own. */
export function openGate(on: boolean): Gate {
  const api = rateWindow(PER_MINUTE, MINUTE);
  const hooks = new Map<string, ReturnType<typeof rateWindow>>();
  const limit = (answer: Answer): Answer => {
    gate.limited += 1;
    return answer;
  };

  const called = (path: string): Answer | null => {
    const window = hooks.get(path) ?? rateWindow(PER_HOOK, TEN_SECONDS);
    hooks.set(path, window);
    return gate.on && !window.take() ? limit(tooMany()) : null;
  };
  const asked = (request: Request): Answer | null => {
    const [, key = ""] = /^Token (\S+)$/.exec(request.headers.authorization ?? "") ?? [];
    const scopes = gate.revoked ? undefined : SCOPES[key];
    if (scopes === undefined) return unauthorized();
    if (gate.on && !api.take()) return limit(tooManyRequests(String(MINUTE / 1000)));
    return scopes.includes(scopeFor(request)) ? null : accessDenied();
  };

  const gate: Gate = {
    on,
    limited: 0,
    revoked: false,
    gate: (request, next) =>
      (request.path.startsWith("/api/") ? asked(request) : called(request.path)) ?? next(),
  };
  return gate;
}

function scopeFor({ method, path }: Request): string {
  const [, , , family] = path.split("/");
  if (family === "users") return "user:read";
  if (path.endsWith("/run")) return "scenarios:run";
  return `${family ?? ""}:${method === "GET" ? "read" : "write"}`;
}
