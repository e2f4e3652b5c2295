import type { AuthKind } from "./auth.ts";
import { clientIn, proof } from "./client.ts";
import type { OAuth2Options } from "./oauth2-options.ts";

type Revoke = NonNullable<AuthKind<OAuth2Options>["revoke"]>;

/** Ends the tokens at the tool (RFC 7009, or the tool's own way). */
export const revoke: Revoke = async (secret, { revoke: how }, { ask, at }) => {
  const token = how && (secret[how.token] ?? secret["access_token"]);
  if (how === undefined || token === undefined) return;
  const byClient =
    how.client === "basic" || how.client === "body"
      ? proof(clientIn(secret), how.client)
      : {
          headers: how.client === "bearer" ? { authorization: `Bearer ${token}` } : {},
          values: {},
        };
  await ask({
    url: at(how.url),
    as: how.as,
    headers: byClient.headers,
    values: { token, ...(how.hint ? { token_type_hint: how.token } : {}), ...byClient.values },
  });
};
