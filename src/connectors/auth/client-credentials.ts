import { z } from "zod";
import { type AuthKind, field } from "./auth.ts";
import { clientIn, proof } from "./client.ts";
import { withAccessToken } from "./oauth2.ts";
import { About } from "./options.ts";
import { readTokens } from "./token-answer.ts";
import { ClientProof, tokenRules } from "./token-rules.ts";

export const ClientCredentialsOptions = z
  .strictObject({
    kind: z.literal("client_credentials"),
    about: About,
    client: ClientProof,
    ...tokenRules,
  })
  .describe("An app that acts for itself (RFC 6749, 4.4): no person, and no refresh token.");

export const clientCredentials: AuthKind<z.output<typeof ClientCredentialsOptions>> = {
  fields: () => [
    field("client_id", "Client id", { secret: false }),
    field("client_secret", "Client secret"),
  ],
  sign: (secret, _options, now) => withAccessToken(secret, now),

  async renew(secret, options, { ask, now, at }) {
    const { headers, values } = proof(clientIn(secret), options.client);
    const { scopes, separator } = options;
    const answer = await ask({
      url: at(options.token),
      as: options.as,
      headers: { ...options.token_headers, ...headers },
      values: {
        grant_type: "client_credentials",
        ...(scopes.length === 0 ? {} : { scope: scopes.join(separator) }),
        ...values,
      },
    });
    return readTokens(answer, secret, options, now);
  },
};
