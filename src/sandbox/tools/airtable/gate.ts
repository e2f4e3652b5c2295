import type { Answer, Request } from "../http.ts";
import { rateWindow } from "../rate-window.ts";
import type { SignIn } from "../sign-in.ts";
import type { Tool } from "../tool-server.ts";
import { type Account, accountOf } from "./account.ts";
import { addressTooLong, noSuchModel, quotaSpent, signedOut, tooFast } from "./errors.ts";
import { BASE_ID } from "./meta.ts";

const PER_BASE = 5;
const PER_PERSON = 50;
const LOCKED_MS = 30_000;
const LONGEST_ADDRESS = 16_000;

export type Gate = {
  gate: Tool["gate"];
  limits: boolean;
  /** The workspace's calls of this month are used up. */
  spent: boolean;
  /** How long a base, or a person, is shut out after one call too many. */
  lockedMs: number;
  readonly limited: number;
  /** Whoever this request is from, once it is through the gate. */
  account(request: Request): Account;
};

/** Who asks, how often, and for what: five calls a second a base, fifty a second a person. */
export function openGate(limits: boolean, signIn: SignIn): Gate {
  const base = bucket(PER_BASE);
  const person = bucket(PER_PERSON);
  let limited = 0;

  const gate: Gate = {
    limits,
    spent: false,
    lockedMs: LOCKED_MS,
    get limited() {
      return limited;
    },
    account: (request) => accountOf(request, signIn) ?? { kind: "app", scopes: [] },
    gate(request, next) {
      if (!request.path.startsWith("/v0/")) return next();
      const account = accountOf(request, signIn);
      if (account === null) return signedOut();
      const stopped = limitOf(request, account);
      if (stopped !== null) {
        limited += 1;
        return stopped;
      }
      const { length } = `${request.path}?${request.query.toString()}`;
      if (length > LONGEST_ADDRESS) return addressTooLong();
      const scope = scopeOf(request);
      if (scope !== null && !account.scopes.includes(scope)) return noSuchModel();
      const named = baseIn(request.path);
      return named === null || named === BASE_ID ? next() : noSuchModel();
    },
  };

  function limitOf({ path }: Request, { kind }: Account): Answer | null {
    if (gate.spent && !path.startsWith("/v0/meta/")) return quotaSpent();
    if (!gate.limits) return null;
    const fits = kind === "app" || person.take(gate.lockedMs);
    const named = baseIn(path);
    return fits && (named === null || base.take(gate.lockedMs)) ? null : tooFast();
  }

  return gate;
}

/** So many a second; one more shuts it for a while, and calls meanwhile do not prolong that. */
function bucket(perSecond: number) {
  const window = rateWindow(perSecond, 1000);
  let shutUntil = 0;
  return {
    take(lockedMs: number): boolean {
      if (Date.now() < shutUntil) return false;
      if (window.take()) return true;
      shutUntil = Date.now() + lockedMs;
      return false;
    },
  };
}

function baseIn(path: string): string | null {
  const [, , first, second, third] = path.split("/");
  if (first === "meta") return second === "bases" ? (third ?? null) : null;
  return (first === "bases" ? second : first) ?? null;
}

/** What the token must be good for. Null where any token will do. */
function scopeOf({ method, path }: Request): string | null {
  if (path === "/v0/meta/whoami") return null;
  if (path.startsWith("/v0/meta/")) return "schema.bases:read";
  if (path.endsWith("/payloads")) return "data.records:read";
  if (path.startsWith("/v0/bases/")) return "webhook:manage";
  const reads = method === "GET" || path.endsWith("/listRecords");
  return reads ? "data.records:read" : "data.records:write";
}
