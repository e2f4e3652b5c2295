import type { Answer, Request } from "../http.ts";
import { type RateWindow, rateWindow } from "../rate-window.ts";
import { BATCH_PATH } from "./batch.ts";
import { dailyLimit, invalidCredentials, loginRequired, userRateLimit } from "./errors.ts";
import type { Principal } from "./principals.ts";
import type { DriveSignIn } from "./sign-in.ts";

/** Of a project that was in use before May 2026: 12,000 queries in 60 seconds, for each user. */
const QUERIES = 12_000;
const MINUTE_MS = 60_000;

export type Gate = {
  on: boolean;
  limited: number;
  /** Gone for the day. */
  spent: boolean;
  /** As an owner of the project may set it lower in the console. */
  setQueries(perMinute: number): void;
  pass(request: Request, next: () => Promise<Answer>): Promise<Answer>;
};

const GUARDED = ["/drive/", "/upload/", "/resumable/", "/batch/"];

/** Who asks, and whether they have asked too often; the sign-in and upload sessions stand open. */
export function openGate(on: boolean, signIn: DriveSignIn): Gate {
  const windows = new Map<string, RateWindow>();
  let perMinute = QUERIES;

  function taken(email: string): boolean {
    const window = windows.get(email) ?? rateWindow(perMinute, MINUTE_MS);
    windows.set(email, window);
    return window.take();
  }

  const self: Gate = {
    on,
    limited: 0,
    spent: false,
    setQueries(count) {
      perMinute = count;
      windows.clear();
    },
    async pass(request, next) {
      if (!GUARDED.some((path) => request.path.startsWith(path))) return next();
      // A session's address is a secret in itself and asks for no token.
      if (request.method === "PUT" && request.query.has("upload_id")) return next();
      const token = tokenOf(request);
      if (token === null) return loginRequired();
      const who = signIn.principal(token);
      if (typeof who === "string") return invalidCredentials();
      // The calls within a batch are counted, each on its own, and not the batch.
      if (request.path === BATCH_PATH) return next();
      const refusal = refusalFor(who);
      if (refusal === null) return next();
      self.limited += 1;
      return refusal;
    },
  };

  function refusalFor({ person }: Principal): Answer | null {
    if (self.spent) return dailyLimit();
    return !self.on || taken(person.emailAddress) ? null : userRateLimit();
  }

  return self;
}

export function tokenOf({ headers, query }: Request): string | null {
  const [, token] = /^Bearer (\S+)$/i.exec(headers.authorization ?? "") ?? [];
  return token ?? query.get("access_token");
}

/** Who asks, for a request that has passed the gate. */
export const identifier =
  (signIn: DriveSignIn) =>
  (request: Request): Principal => {
    const who = signIn.principal(tokenOf(request) ?? "");
    if (typeof who === "string") throw new Error("A request went round the gate");
    return who;
  };
