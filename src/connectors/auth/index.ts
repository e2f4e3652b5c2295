import type { Renewed, Secret } from "#domain/connection.ts";
import type { z } from "zod";
import type { Asking, AuthKind, CredentialField, Signature, Signing, Trip } from "./auth.ts";
import { basic, BasicOptions } from "./basic.ts";
import { bearer, BearerOptions } from "./bearer.ts";
import { clientCredentials, ClientCredentialsOptions } from "./client-credentials.ts";
import { header, HeaderOptions } from "./header.ts";
import { jwtBearer, JwtBearerOptions } from "./jwt-bearer.ts";
import { oauth2 } from "./oauth2.ts";
import { OAuth2Options } from "./oauth2-options.ts";
import { query, QueryOptions } from "./query.ts";
import { standardWebhooks, StandardWebhooksAuth } from "./standard-webhooks.ts";
import { url, UrlOptions } from "./url.ts";

/** Every auth kind a manifest may name. A new one is a new file, a line here and a case below. */
export const authKinds = [
  BearerOptions,
  HeaderOptions,
  QueryOptions,
  BasicOptions,
  OAuth2Options,
  ClientCredentialsOptions,
  JwtBearerOptions,
  UrlOptions,
  StandardWebhooksAuth,
] as const;
export type AuthOptions = z.output<(typeof authKinds)[number]>;

/** An auth kind with its options. */
export type Auth = {
  fields: readonly CredentialField[];
  /** The least it has to be allowed; empty where the tool knows no scopes. */
  scopes: readonly string[];
  sign(secret: Secret, now: Temporal.Instant, request: Signing): Signature | null;
  renew: ((secret: Secret, asking: Asking) => Promise<Renewed>) | null;
  browser: Browser | null;
  revoke: ((secret: Secret, asking: Asking) => Promise<void>) | null;
};

/** Signing in through a person's browser. */
export type Browser = {
  consentAt(trip: Trip, at: Asking["at"]): string;
  redeem(code: string, trip: Trip, asking: Asking): Promise<Renewed>;
  /** What comes back with the code and is a setting: by parameter. */
  callback: Readonly<Record<string, string>>;
};

/** An auth kind bound to what the manifest says of it. */
export function authOf(options: AuthOptions): Auth {
  switch (options.kind) {
    case "bearer":
      return withOptions(bearer, options, options.scopes);
    case "header":
      return withOptions(header, options, options.scopes);
    case "query":
      return withOptions(query, options, []);
    case "basic":
      return withOptions(basic, options, []);
    case "oauth2":
      return withOptions(oauth2, options, options.scopes);
    case "client_credentials":
      return withOptions(clientCredentials, options, options.scopes);
    case "jwt_bearer":
      return withOptions(jwtBearer, options, options.scopes);
    case "url":
      return withOptions(url, options, []);
    case "standard_webhooks":
      return withOptions(standardWebhooks, options, []);
    default:
      return options satisfies never;
  }
}

function withOptions<Options extends AuthOptions>(
  kind: AuthKind<Options>,
  options: Options,
  scopes: readonly string[],
): Auth {
  const { renew, consentAt, redeem, revoke } = kind;
  const renewable = options.kind !== "oauth2" || options.refreshes;
  const revocable = options.kind === "oauth2" && options.revoke !== undefined;
  return {
    fields: kind.fields(options),
    scopes,
    sign: (secret, now, request) => kind.sign(secret, options, now, request),
    renew:
      renew === undefined || !renewable ? null : (secret, asking) => renew(secret, options, asking),
    browser:
      consentAt === undefined || redeem === undefined
        ? null
        : {
            consentAt: (trip, at) => consentAt(trip, options, at),
            redeem: (code, trip, asking) => redeem(code, trip, options, asking),
            callback: options.kind === "oauth2" ? options.callback : {},
          },
    revoke:
      revoke === undefined || !revocable
        ? null
        : (secret, asking) => revoke(secret, options, asking),
  };
}
