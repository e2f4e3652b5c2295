import { createHash } from "node:crypto";
import type { Secret } from "#domain/connection.ts";
import { SignInAgain } from "#domain/errors.ts";
import { type AuthKind, field, inHeaders, type Signature, type Trip } from "./auth.ts";
import { clientIn, proof } from "./client.ts";
import type { OAuth2Options } from "./oauth2-options.ts";
import { revoke } from "./revoke.ts";
import { readTokens } from "./token-answer.ts";

/**
 * The secret holds client_id and client_secret, what a sign-in brought (refresh_token, access_token,
 * redirect_uri where a renewal repeats it), and what the newest answer said (see token-answer.ts).
 */
export const oauth2: AuthKind<OAuth2Options> = {
  fields: ({ refreshes }) => [
    field("client_id", "Client id", { secret: false }),
    field("client_secret", "Client secret"),
    refreshes
      ? field("refresh_token", "Refresh token", { brought: true })
      : field("access_token", "Access token", { brought: true }),
  ],

  sign: (secret, _options, now) => withAccessToken(secret, now),

  async renew(secret, options, { ask, now, at }) {
    const refresh = secret["refresh_token"];
    if (!refresh) throw new SignInAgain(notYet);
    const redirect = options.repeat_redirect ? secret["redirect_uri"] : undefined;
    const { headers, values } = proof(clientIn(secret), options.client);
    const answer = await ask({
      url: at(options.token),
      as: options.as,
      headers: { ...options.token_headers, ...headers },
      values: {
        grant_type: "refresh_token",
        refresh_token: refresh,
        ...values,
        ...(redirect === undefined ? {} : { redirect_uri: redirect }),
      },
    });
    return readTokens(answer, secret, options, now);
  },

  consentAt({ client, redirect, state, verifier }, options, at) {
    const url = new URL(at(options.authorize));
    const asked: Record<string, string> = {
      ...options.authorize_query,
      response_type: "code",
      client_id: client.id,
      redirect_uri: redirect,
      state,
      ...(options.scopes.length === 0 ? {} : { scope: options.scopes.join(options.separator) }),
      ...(options.pkce === "none"
        ? {}
        : { code_challenge: challengeOf(verifier), code_challenge_method: "S256" }),
    };
    for (const [name, value] of Object.entries(asked)) url.searchParams.set(name, value);
    return url.href;
  },

  async redeem(code, { client, redirect, verifier }: Trip, options, { ask, now, at }) {
    const { headers, values } = proof(client, options.client);
    const answer = await ask({
      url: at(options.token),
      as: options.as,
      headers: { ...options.token_headers, ...headers },
      values: {
        grant_type: "authorization_code",
        code,
        redirect_uri: redirect,
        ...values,
        ...(options.pkce === "none" ? {} : { code_verifier: verifier }),
      },
    });
    const before = {
      client_id: client.id,
      client_secret: client.secret,
      ...(options.repeat_redirect ? { redirect_uri: redirect } : {}),
    };
    return readTokens(answer, before, { ...options, rotates: false }, now);
  },

  revoke,
};

const notYet = "Nobody has signed in yet, or the sign-in brought no refresh token";

/** RFC 7636, 4.2: S256. */
export const challengeOf = (verifier: string): string =>
  createHash("sha256").update(verifier).digest("base64url");

/** Null when there is no access token, or it is about to end. */
export function withAccessToken(secret: Secret, now: Temporal.Instant): Signature | null {
  const token = secret["access_token"]?.trim();
  if (!token || endsBy(secret["fresh_until"], now)) return null;
  const signature = inHeaders({ authorization: `Bearer ${token}` });
  const base = secret["base"];
  return base === undefined ? signature : { ...signature, leads: { to: "origin", url: base } };
}

const endsBy = (until: string | undefined, now: Temporal.Instant): boolean =>
  until !== undefined && Temporal.Instant.compare(until, now) <= 0;
