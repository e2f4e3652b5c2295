import type { Connection, Secret } from "#domain/connection.ts";
import { RetryLater, SignInAgain, Unavailable } from "#domain/errors.ts";
import type { Vault } from "#domain/ports/tools.ts";
import type { Clock } from "#domain/ports/world.ts";
import type { AskForToken } from "../auth/auth.ts";
import type { Auth } from "../auth/index.ts";
import type { Egress } from "../egress.ts";
import { NoAnswer } from "../egress/no-answer.ts";
import { parseJson } from "../json/lossless.ts";

export type Session = {
  /** Headers that carry the newest credential, and the credential they were made from. */
  headers(signal: AbortSignal): Promise<{ headers: Record<string, string>; secret: Secret }>;
  /** The tool refused this credential: a fresh one is made, unless somebody made it meanwhile. */
  refused(seen: Secret, signal: AbortSignal): Promise<boolean>;
};

/** Signs the requests of one connection. The credential is read each time; only the vault keeps it. */
export function openSession(
  connection: Connection,
  auth: Auth,
  { vault, clock, egress }: { vault: Vault; clock: Clock; egress: Egress },
): Session {
  const renew = (seen: Secret, signal: AbortSignal) =>
    vault.renew(connection.name, seen, (newest) => {
      if (auth.renew === null) return Promise.resolve(newest);
      // Somebody else may have been quicker, even where the vault did not see it.
      if (newest["access_token"] !== seen["access_token"]) return Promise.resolve(newest);
      return auth.renew(newest, { ask: askForToken(connection, egress, signal), now: clock.now() });
    });

  return {
    async headers(signal) {
      const kept = await vault.read(connection.name);
      const signed = auth.sign(kept, clock.now());
      if (signed !== null) return { headers: signed, secret: kept };
      const fresh = await renew(kept, signal);
      const headers = auth.sign(fresh, clock.now());
      if (headers === null) throw new SignInAgain("The new token has ended already");
      return { headers, secret: fresh };
    },
    async refused(seen, signal) {
      if (auth.renew === null) return false;
      const fresh = await renew(seen, signal);
      return fresh["access_token"] !== seen["access_token"];
    },
  };
}

const askForToken =
  (connection: Connection, egress: Egress, signal: AbortSignal): AskForToken =>
  async (url, form, headers) => {
    const answer = await egress
      .send({
        method: "POST",
        url: tokenUrl(url, connection.baseUrl),
        headers: {
          accept: "application/json",
          "content-type": "application/x-www-form-urlencoded",
          ...headers,
        },
        body: new URLSearchParams(form).toString(),
        signal,
        totalMs: 60_000,
      })
      .catch((error: unknown) => {
        if (error instanceof NoAnswer) throw new Unavailable(error.message, { cause: error });
        throw error;
      });
    const body = objectIn(answer.body.toString());
    if (answer.status === 200 && body !== null) return body;
    if (answer.status === 429) throw new RetryLater("The sign-in service asks us to wait", 60_000);
    if (refusals.has(String(body?.["error"] ?? "")) || answer.status === 401)
      throw new SignInAgain("The refresh token or the client is no longer accepted; connect again");
    throw new Unavailable(`The sign-in service answered ${String(answer.status)}`);
  };

/** RFC 6749, 5.2: these will not get better by themselves. */
const refusals = new Set([
  "invalid_grant",
  "invalid_client",
  "unauthorized_client",
  "invalid_request",
  "unsupported_grant_type",
  "invalid_scope",
  "BAD_REFRESH_TOKEN",
]);

/** A connection that has its own address has its sign-in service there too. */
function tokenUrl(url: string, baseUrl: string | null): string {
  if (baseUrl === null) return url;
  const { pathname, search } = new URL(url);
  return new URL(baseUrl).origin + pathname + search;
}

function objectIn(text: string): Record<string, unknown> | null {
  try {
    const value = parseJson(text);
    return typeof value === "object" && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : null;
  } catch {
    return null;
  }
}
