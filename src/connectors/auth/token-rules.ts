import { z } from "zod";
import { PathText } from "../manifest/request-spec.ts";
import { Https, Scopes } from "./options.ts";

/** How a token endpoint is asked, and what its answer says. */
export const tokenRules = {
  token: Https.describe("Where tokens are given out."),
  as: z
    .enum(["form", "json"])
    .default("form")
    .describe("How the request for a token is written; RFC 6749 says as a form."),
  token_headers: z
    .record(z.string().regex(/^[A-Za-z0-9-]{1,64}$/), z.string())
    .default({})
    .describe("Sent with each request for a token."),
  scopes: Scopes,
  separator: z
    .enum([" ", ","])
    .default(" ")
    .describe("What stands between scopes, in what is asked and in what is answered."),
  granted: PathText.default("scope").describe(
    "Where the answer says what was granted; where it does not, it is what was asked for.",
  ),
  lifetime: z
    .enum(["expires_in", "jwt", "unknown"])
    .default("expires_in")
    .describe(
      "How long an access token lasts: by expires_in, by its own exp as a JWT, or nobody says and a 401 does.",
    ),
  base: PathText.optional().describe(
    "Where the answer names the address to use from now on, as Salesforce's instance_url.",
  ),
};

const TokenRules = z.strictObject(tokenRules);
export type TokenRules = z.output<typeof TokenRules>;

export const ClientProof = z
  .enum(["basic", "body"])
  .default("basic")
  .describe("How the client proves who it is: HTTP Basic, or id and secret among the values.");
