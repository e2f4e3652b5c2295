import { randomUUID } from "node:crypto";
import type { Answer, Request, Route } from "../http.ts";
import { hookPath, type Hooks } from "./hooks.ts";
import type { Machine } from "./running.ts";

/** Everything a webhook says is a plain text. Source: help.make.com/webhooks. */
const text = (status: number, body: string): Answer => ({
  status,
  headers: { "content-type": "text/plain; charset=utf-8" },
  body,
});

export const tooMany = (): Answer => text(429, "Too many requests");

/** Where others post to: what comes starts a scenario, or waits until there is one that runs. */
export function webhookRoutes(hooks: Hooks, machine: Machine): Route[] {
  const handle = (request: Request): Answer => {
    const hook = hooks.byUdid(request.params["udid"] ?? "");
    // That a disabled one is gone too, and what a wrong key is told, is unverified.
    if (hook === undefined || hook.gone || !hook.enabled) return text(410, "Gone");
    if (hook.apiKey !== null && request.headers["x-make-apikey"] !== hook.apiKey)
      return text(401, "Unauthorized");
    const payload = payloadOf(request);
    if (hook.learning) hooks.change(String(hook.id), { learning: false });
    const scenario = hooks.scenarioOf(hook);
    if (scenario?.isActive === true) {
      machine.run(scenario, payload, "auto");
      return text(200, "Accepted");
    }
    if (hooks.waiting(hook) >= hook.queueLimit) return text(400, "Queue is full");
    hooks.queue.set(randomUUID(), { hook: hook.id, payload });
    return text(200, "Accepted");
  };
  return ["POST", "PUT", "GET"].map((method) => ({ method, path: hookPath(":udid"), handle }));
}

function payloadOf({ body, query, headers }: Request): unknown {
  if (body === "") return Object.fromEntries(query);
  if ((headers["content-type"] ?? "").startsWith("application/x-www-form-urlencoded"))
    return Object.fromEntries(new URLSearchParams(body));
  try {
    return JSON.parse(body) as unknown;
  } catch {
    return { value: body };
  }
}
