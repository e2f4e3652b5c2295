import { z } from "zod";
import type { Asking, Signing, TokenAnswer, TokenRequest } from "#connectors/auth/auth.ts";
import { authKinds, authOf } from "#connectors/auth/index.ts";

/** An auth kind with its options as a manifest would give them. */
export const auth = (options: Record<string, unknown>) =>
  authOf(z.discriminatedUnion("kind", authKinds).parse({ about: "Here.", ...options }));

/** A request of which nothing matters but that it is one. */
export const any: Signing = { host: null, id: null, body: null };
export const now = Temporal.Instant.from("2026-11-23T12:00:00Z");
export const after = (seconds: number): Temporal.Instant => now.add({ seconds });

/** A token endpoint that answers this, and what it was asked. */
export function asking(answer: TokenAnswer): Asking & { asked: TokenRequest[] } {
  const asked: TokenRequest[] = [];
  return {
    asked,
    ask(request) {
      asked.push(request);
      return Promise.resolve(answer);
    },
    now,
    at: (url) => url,
  };
}

const addresses = {
  kind: "oauth2",
  authorize: "https://tool.example/authorize",
  token: "https://tool.example/token",
};
export const oauth = (options: Record<string, unknown> = {}) => auth({ ...addresses, ...options });

export const secret = { client_id: "app 1", client_secret: "hush:&", refresh_token: "r1" };
export const stale = { ...secret, access_token: "a0", fresh_until: "2026-11-23T11:59:59Z" };
/** The verifier is that of RFC 7636, appendix B. */
export const trip = {
  client: { id: "app 1", secret: "hush:&" },
  redirect: "https://tieline.example/oauth/tool/callback",
  state: "s",
  verifier: "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk",
};
