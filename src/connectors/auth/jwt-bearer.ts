import { z } from "zod";
import type { Secret } from "#domain/connection.ts";
import { SignInAgain } from "#domain/errors.ts";
import { type AuthKind, field } from "./auth.ts";
import { signedJwt } from "./jwt.ts";
import { withAccessToken } from "./oauth2.ts";
import { About, Https } from "./options.ts";
import { readTokens } from "./token-answer.ts";
import { tokenRules } from "./token-rules.ts";

export const JwtBearerOptions = z
  .strictObject({
    kind: z.literal("jwt_bearer"),
    about: About,
    from: z
      .enum(["service_account", "key"])
      .default("key")
      .describe("Google's file for a service account, or a client id with a key and a user."),
    audience: Https.optional().describe(
      "Whom the assertion is for; the token address unless said.",
    ),
    minutes: z.int().min(1).max(60).default(3).describe("How long an assertion is good."),
    ...tokenRules,
  })
  .describe("An assertion signed with a private key (RFC 7523, RS256): Google, Salesforce.");

type Options = z.output<typeof JwtBearerOptions>;

export const jwtBearer: AuthKind<Options> = {
  fields: ({ from }) =>
    from === "service_account"
      ? [
          field("service_account", "Service account file (JSON)"),
          field("user", "User to act for", { secret: false, optional: true }),
        ]
      : [
          field("client_id", "Client id", { secret: false }),
          field("user", "User name", { secret: false }),
          field("private_key", "Private key (PEM)"),
        ],
  sign: (secret, _options, now) => withAccessToken(secret, now),

  async renew(secret, options, { ask, now, at }) {
    const { issuer, key, header } = signerIn(secret, options);
    const user = secret["user"]?.trim();
    const issued = Math.floor(now.epochMilliseconds / 1000);
    const claims = {
      iss: issuer,
      aud: at(options.audience ?? options.token),
      ...(options.scopes.length === 0 ? {} : { scope: options.scopes.join(options.separator) }),
      ...(user ? { sub: user } : {}),
      iat: issued,
      exp: issued + options.minutes * 60,
    };
    const answer = await ask({
      url: at(options.token),
      as: options.as,
      headers: options.token_headers,
      values: {
        grant_type: "urn:ietf:params:oauth:grant-type:jwt-bearer",
        assertion: signedJwt(claims, key, header),
      },
    });
    return readTokens(answer, secret, options, now);
  },
};

type Signer = { issuer: string; key: string; header: Record<string, string> };

/** @throws SignInAgain when it is not what it should be */
function signerIn(secret: Secret, { from }: Options): Signer {
  if (from === "service_account") return serviceAccount(secret["service_account"] ?? "");
  const issuer = secret["client_id"]?.trim();
  if (!issuer) throw new SignInAgain("The client id is missing");
  return { issuer, key: secret["private_key"] ?? "", header: {} };
}

/** Its token_uri is not followed: where a signed assertion goes the manifest says. */
function serviceAccount(text: string): Signer {
  const file = membersOf(text);
  const { client_email: issuer, private_key: key, private_key_id: id } = file;
  if (file["type"] !== "service_account" || typeof issuer !== "string" || typeof key !== "string")
    throw new SignInAgain(
      "That is not the JSON file of a service account; paste all of it, from { to }",
    );
  return { issuer, key, header: typeof id === "string" ? { kid: id } : {} };
}

function membersOf(text: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}
