import type { Secret } from "#domain/connection.ts";
import type { z } from "zod";
import type { AskForToken, AuthKind, CredentialField } from "./auth.ts";
import { bearer, BearerOptions } from "./bearer.ts";
import { oauth2, OAuth2Options } from "./oauth2.ts";

/** Every auth kind a manifest may name. A new one is a new file, a line here and a case below. */
export const authKinds = [BearerOptions, OAuth2Options] as const;
export type AuthOptions = z.output<(typeof authKinds)[number]>;

/** An auth kind with its options. */
export type Auth = {
  fields: readonly CredentialField[];
  sign(secret: Secret, now: Temporal.Instant): Record<string, string> | null;
  renew:
    | ((secret: Secret, about: { ask: AskForToken; now: Temporal.Instant }) => Promise<Secret>)
    | null;
};

/** An auth kind bound to what the manifest says of it. */
export function authOf(options: AuthOptions): Auth {
  switch (options.kind) {
    case "bearer":
      return withOptions(bearer, options);
    case "oauth2":
      return withOptions(oauth2, options);
    default:
      return options satisfies never;
  }
}

function withOptions<Options>(kind: AuthKind<Options>, options: Options): Auth {
  const { renew } = kind;
  return {
    fields: kind.fields,
    sign: (secret, now) => kind.sign(secret, options, now),
    renew: renew === undefined ? null : (secret, about) => renew(secret, options, about),
  };
}
