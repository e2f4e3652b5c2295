import { z } from "zod";
import type { Secret } from "#domain/connection.ts";
import { SignInAgain, Unavailable } from "#domain/errors.ts";
import type { AuthKind } from "./auth.ts";

export const OAuth2Options = z
  .strictObject({
    kind: z.literal("oauth2"),
    about: z.string().min(1).describe("How a person gets the client and the refresh token."),
    authorize: z.url({ protocol: /^https$/ }).describe("Where a person gives consent."),
    token: z.url({ protocol: /^https$/ }).describe("Where tokens are renewed."),
    client: z
      .enum(["basic", "body"])
      .default("basic")
      .describe("How the client proves who it is: HTTP Basic, or id and secret in the form."),
    scopes: z.array(z.string()).default([]),
  })
  .describe("OAuth 2 with a refresh token, rotating or not.");

type Options = z.output<typeof OAuth2Options>;

/** Renewed this long before it ends, so that no request carries a token that dies on its way. */
const marginMs = 60_000;

/**
 * The secret holds client_id, client_secret and refresh_token as a person gave them, and what a
 * renewal brought: access_token, and expires_at where the tool said how long it lasts.
 */
export const oauth2: AuthKind<Options> = {
  fields: [
    { name: "client_id", label: "Client id", secret: false, optional: false },
    { name: "client_secret", label: "Client secret", secret: true, optional: false },
    { name: "refresh_token", label: "Refresh token", secret: true, optional: false },
  ],

  sign(secret, _options, now) {
    const token = secret["access_token"];
    if (!token || ends(secret) <= now.epochMilliseconds + marginMs) return null;
    return { authorization: `Bearer ${token.trim()}` };
  },

  async renew(secret, { token, client }, { ask, now }) {
    const id = secret["client_id"] ?? "";
    const key = secret["client_secret"] ?? "";
    const refresh = secret["refresh_token"];
    if (!refresh) throw new SignInAgain("The refresh token is missing");
    const form = { grant_type: "refresh_token", refresh_token: refresh };
    const answer = await (client === "basic"
      ? ask(token, form, { authorization: basic(id, key) })
      : ask(token, { ...form, client_id: id, client_secret: key }, {}));
    return renewed(secret, answer, now);
  },
};

/** RFC 6749, 2.3.1: both parts are form-encoded before they are joined. */
const basic = (id: string, secret: string): string =>
  `Basic ${Buffer.from(`${formEncoded(id)}:${formEncoded(secret)}`).toString("base64")}`;

const formEncoded = (text: string): string => new URLSearchParams({ t: text }).toString().slice(2);

const ends = (secret: Secret): number => {
  const at = secret["expires_at"];
  return at === undefined ? Infinity : Date.parse(at);
};

/** A tool that sends no new refresh token goes on taking the old one. */
function renewed(
  secret: Secret,
  answer: Readonly<Record<string, unknown>>,
  now: Temporal.Instant,
): Secret {
  const { expires_at: _old, ...kept } = secret;
  const access = answer["access_token"];
  if (typeof access !== "string" || access === "")
    throw new Unavailable("The sign-in service answered without a token");
  const refresh = answer["refresh_token"];
  const seconds = Number(answer["expires_in"]);
  return {
    ...kept,
    access_token: access,
    ...(typeof refresh === "string" && refresh !== "" ? { refresh_token: refresh } : {}),
    ...(seconds > 0 && seconds < 1e9
      ? { expires_at: now.add({ seconds: Math.floor(seconds) }).toString() }
      : {}),
  };
}
