import { z } from "zod";
import { Name, PathText } from "../manifest/request-spec.ts";
import { About, Https } from "./options.ts";
import { ClientProof, tokenRules } from "./token-rules.ts";

/** What we say ourselves when we ask for consent. */
export const saidByUs: readonly string[] = [
  "response_type",
  "client_id",
  "redirect_uri",
  "scope",
  "state",
  "code_challenge",
  "code_challenge_method",
];

const Revoke = z.strictObject({
  url: Https.describe("Where a token is revoked (RFC 7009)."),
  token: z.enum(["refresh_token", "access_token"]).default("refresh_token"),
  as: z.enum(["form", "json", "nothing"]).default("form").describe("How the token is sent."),
  client: z
    .enum(["basic", "body", "bearer", "none"])
    .default("none")
    .describe("Who says so: the client, by Basic or in the body, or whoever bears the token."),
  hint: z.boolean().default(false).describe("Whether token_type_hint is sent too."),
});

export const OAuth2Options = z
  .strictObject({
    kind: z.literal("oauth2"),
    about: About,
    authorize: Https.describe("Where a person gives consent."),
    authorize_query: z
      .record(z.string(), z.string())
      .default({})
      .describe("Asked besides, such as access_type: offline."),
    pkce: z.enum(["S256", "none"]).default("S256").describe("RFC 7636; none where it is refused."),
    client: ClientProof,
    ...tokenRules,
    refreshes: z
      .boolean()
      .default(true)
      .describe("False where the access token lasts until it is revoked and there is no other."),
    rotates: z
      .boolean()
      .default(false)
      .describe(
        "Each renewal replaces the refresh token; an answer without one then ends the sign-in with its access token.",
      ),
    repeat_redirect: z
      .boolean()
      .default(false)
      .describe("Whether a renewal has to name the redirect address too."),
    sign_in_lasts: z
      .union(
        [
          z.strictObject({
            at: z
              .array(PathText)
              .min(1)
              .describe("Where the answer says so, in seconds; the earliest counts."),
          }),
          z.strictObject({ idle_days: z.int().min(1).max(3650) }),
        ],
        { error: "at: [paths in the answer] or idle_days: 60 is accepted here" },
      )
      .optional()
      .describe("How long a refresh token lasts, where it ends at all."),
    callback: z
      .record(z.string().regex(/^\w{1,64}$/), Name)
      .default({})
      .describe("What comes back with the code and is a setting: { realmId: realm_id }."),
    revoke: Revoke.optional().describe("How a sign-in is ended at the tool."),
  })
  .describe("OAuth 2: a person signs in through their browser (RFC 6749, RFC 7636).");

export type OAuth2Options = z.output<typeof OAuth2Options>;
