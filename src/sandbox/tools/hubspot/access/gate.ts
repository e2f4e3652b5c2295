import { type RateWindow, rateWindow } from "../../rate-window.ts";
import type { Tool } from "../../tool-server.ts";
import type { Answer, Request } from "../../http.ts";
import type { Access, Caller } from "./access.ts";
import { errorAnswer, type Policy, tooManyRequests } from "../errors.ts";

const TEN_SECONDS = 10_000;
const DAILY = 250_000;
const SEARCHES = 5;
/** In ten seconds: of the smallest plan, and of an app that many accounts use. */
const REQUESTS: Record<Caller["kind"], number> = { service_key: 100, app: 110 };

export type Gate = {
  gate: Tool["gate"];
  /** Whether the limits hold. */
  on: boolean;
  /** Whether all that the day allows is used up. */
  spent: boolean;
  readonly limited: number;
};

/** Searches have a bucket of their own and no headers; all else shares one in ten seconds. */
export function openGate(on: boolean, access: Access): Gate {
  const windows: Record<Caller["kind"], RateWindow> = {
    service_key: rateWindow(REQUESTS.service_key, TEN_SECONDS),
    app: rateWindow(REQUESTS.app, TEN_SECONDS),
  };
  const searches = rateWindow(SEARCHES, 1000);
  let today = 0;
  let limited = 0;

  /** The policy that this request breaks, if any. */
  function broken(kind: Caller["kind"], isSearch: boolean): Policy | undefined {
    if (self.spent) return "DAILY";
    if (!self.on || (isSearch ? searches : windows[kind]).take()) return undefined;
    return isSearch ? "SECONDLY" : "TEN_SECONDLY_ROLLING";
  }

  function headers(kind: Caller["kind"]): Record<string, string> {
    return {
      "x-hubspot-ratelimit-max": String(REQUESTS[kind]),
      "x-hubspot-ratelimit-remaining": String(windows[kind].remaining()),
      "x-hubspot-ratelimit-interval-milliseconds": String(TEN_SECONDS),
      // Apps are not told of the day.
      ...(kind === "service_key" && {
        "x-hubspot-ratelimit-daily": String(DAILY),
        "x-hubspot-ratelimit-daily-remaining": String(self.spent ? 0 : DAILY - today),
      }),
    };
  }

  async function gate(request: Request, next: () => Promise<Answer>): Promise<Answer> {
    if (request.path.startsWith("/oauth/")) return next();
    const caller = access.caller(request);
    if (!("kind" in caller)) return caller;
    const isSearch = request.path.endsWith("/search");
    const policy = broken(caller.kind, isSearch);
    if (policy !== undefined) {
      limited += 1;
      return tooManyRequests(policy);
    }
    today += 1;
    const type = request.headers["content-type"] ?? "";
    if (request.body !== "" && !type.startsWith("application/json")) {
      return errorAnswer(415, { message: "Unsupported Media Type" });
    }
    const answer = await next();
    if (isSearch) return answer;
    return { ...answer, headers: { ...answer.headers, ...headers(caller.kind) } };
  }

  const self = {
    gate,
    on,
    spent: false,
    get limited() {
      return limited;
    },
  };
  return self;
}
