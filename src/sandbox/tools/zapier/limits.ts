import type { Answer, Request } from "../http.ts";
import { rateWindow, type RateWindow } from "../rate-window.ts";
import type { Tool } from "../tool-server.ts";

const FIVE_MINUTES = 300_000;
/** A newer copy of the documentation says 20,000. */
const PER_USER = 10_000;
const PER_OLD_HOOK = 1000;
/** Seen by others, not documented. */
const PER_HOOK_AND_SECOND = 30;

export type Limits = { gate: Tool["gate"]; on: boolean; limited: number };

/** How often an account and each of its hooks may be called. */
export function openLimits(on: boolean): Limits {
  const user = rateWindow(PER_USER, FIVE_MINUTES);
  const hooks = new Map<string, { second: RateWindow; long: RateWindow }>();
  const windowsFor = (hook: string) => {
    const there = hooks.get(hook);
    if (there !== undefined) return there;
    const made = {
      second: rateWindow(PER_HOOK_AND_SECOND, 1000),
      long: rateWindow(PER_OLD_HOOK, FIVE_MINUTES),
    };
    hooks.set(hook, made);
    return made;
  };

  const limits: Limits = {
    on,
    limited: 0,
    gate(request, next) {
      const { hook, old } = hookOf(request);
      const { second, long } = windowsFor(hook);
      if (!limits.on || (second.take() && (old ? long : user).take())) return next();
      limits.limited += 1;
      return tooManyRequests();
    },
  };
  return limits;
}

function hookOf({ path }: Request): { hook: string; old: boolean } {
  const [, , , first = "", second = ""] = path.split("/");
  return { hook: `${first}/${second}`, old: second === "" };
}

/** Its body is not documented. */
export const tooManyRequests = (retryAfter: string | null = null): Answer => ({
  status: 429,
  headers: {
    "content-type": "text/plain; charset=utf-8",
    ...(retryAfter !== null && { "retry-after": retryAfter }),
  },
  body: "Too many requests",
});
