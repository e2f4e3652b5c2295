import type { Answer, Request } from "../http.ts";
import type { Tool } from "../tool-server.ts";
import { isGiven } from "./endpoint.ts";
import { tooManyRequests } from "./errors.ts";

export type Plan = "free" | "paid";

const MINUTE = 60_000;
const REQUESTS = { free: 150, paid: 1500 };
const SEARCHES = 60;
const READS_AT_ONCE = 50;
const WRITES_AT_ONCE = 15;

export type Limits = {
  on: boolean;
  plan: Plan;
  limited: number;
  guard(request: Request, next: () => Promise<Answer>): ReturnType<Tool["gate"]>;
};

/** Requests in a minute and at once. What is refused counts too, so asking on and on does not help. */
export function openLimits(on: boolean): Limits {
  const asked = counter();
  const searched = counter();
  const open = { reads: 0, writes: 0 };

  function waitFor(request: Request): number | null {
    const isSearch = request.path.endsWith("/tasks/search");
    const own = asked.count(actionsIn(request)) - REQUESTS[limits.plan];
    const search = isSearch ? searched.count(1) - SEARCHES : 0;
    if (own > 0) return asked.secondsUntil(REQUESTS[limits.plan]);
    if (search > 0) return searched.secondsUntil(SEARCHES);
    const reading = request.method === "GET";
    const full = reading ? open.reads >= READS_AT_ONCE : open.writes >= WRITES_AT_ONCE;
    return full ? 1 : null;
  }

  const limits: Limits = {
    on,
    plan: "free",
    limited: 0,
    async guard(request, next) {
      const wait = limits.on ? waitFor(request) : null;
      if (wait !== null) {
        limits.limited += 1;
        return tooManyRequests(String(wait));
      }
      const kind = request.method === "GET" ? "reads" : "writes";
      open[kind] += 1;
      try {
        return await next();
      } finally {
        open[kind] -= 1;
      }
    },
  };
  return limits;
}

/** A batch counts as many requests as it has actions, and is refused as a whole. */
function actionsIn({ path, body }: Request): number {
  if (!path.endsWith("/batch")) return 1;
  try {
    const parsed: unknown = JSON.parse(body);
    const data = isGiven(parsed) ? parsed["data"] : undefined;
    const actions = isGiven(data) ? data["actions"] : undefined;
    return Array.isArray(actions) ? Math.max(1, actions.length) : 1;
  } catch {
    return 1;
  }
}

/** What happened within the last minute. */
function counter() {
  let times: number[] = [];
  return {
    count(more: number): number {
      const now = Date.now();
      times = times.filter((at) => at > now - MINUTE);
      for (let n = 0; n < more; n += 1) times.push(now);
      return times.length;
    },
    /** Until so few are left that one more fits. */
    secondsUntil(max: number): number {
      const blocking = times.at(-max) ?? Date.now();
      return Math.max(1, Math.ceil((blocking + MINUTE - Date.now()) / 1000));
    },
  };
}
