import { randomUUID } from "node:crypto";
import { type Answer, json, type Request, type Route } from "../http.ts";
import type { Account } from "./account.ts";
import type { Zap } from "./zaps.ts";

const METHODS = ["POST", "PUT", "GET"];

/**
 * Where others post to. A catch hook says "success" whether or not a Zap is on there, before anything has
 * run; a REST hook that was taken back is gone.
 */
export function hookRoutes(account: Account): Route[] {
  const at = (path: string, handle: (request: Request) => Answer): Route[] =>
    METHODS.flatMap((method) => [
      { method, path, handle },
      { method, path: path.replace(/\/$/, ""), handle },
    ]);
  const caught = (request: Request): Answer => {
    const zap = account.listening("catch_hook", request.params["hook"] ?? "");
    return success(arrive(account, request, zap));
  };
  const silently = (request: Request): Answer => {
    caught(request);
    return { status: 200, headers: {}, body: "" };
  };

  return [
    ...at("/hooks/catch/:user/:hook/", caught),
    ...at("/hooks/catch/:user/:hook/silent/", silently),
    // Without the account's number, as hooks made long ago are.
    ...at("/hooks/catch/:hook/", caught),
    ...at("/hooks/standard/:user/:hook/", (request) => {
      const zap = account.listening("rest_hook", request.params["hook"] ?? "");
      return zap === undefined ? GONE : success(arrive(account, request, zap));
    }),
  ];
}

/** Keeps what came, and lets the Zap run for each item of it, without waiting. */
function arrive(account: Account, request: Request, zap: Zap | undefined): string {
  const arrived = account.arrivals.keep(request, zap?.id ?? null);
  if (zap !== undefined)
    for (const { body } of arrived) void account.run(zap.id, body).catch(() => undefined);
  return arrived[0]?.request ?? randomUUID();
}

const success = (id: string): Answer =>
  json(200, { attempt: randomUUID(), id: randomUUID(), request_id: id, status: "success" });

const GONE: Answer = {
  status: 410,
  headers: { "content-type": "text/plain; charset=utf-8" },
  body: "please unsubscribe me!",
};
