import type { Renewed, Secret } from "#domain/connection.ts";
import type { Json } from "#domain/json.ts";
import type { Client } from "#domain/ports/sign-in.ts";

export type CredentialField = {
  name: string;
  label: string;
  secret: boolean;
  optional: boolean;
  /** Signing in through a browser brings it, so nobody is asked for it. */
  brought: boolean;
};

export const field = (
  name: string,
  label: string,
  more: Partial<Omit<CredentialField, "name" | "label">> = {},
): CredentialField => ({ name, label, secret: true, optional: false, brought: false, ...more });

/** What goes on a request so that the tool knows who asks. */
export type Signature = {
  headers: Readonly<Record<string, string>>;
  query: Readonly<Record<string, string>>;
  /**
   * An address the credential leads to: only its origin takes the place of the connection's, or the
   * whole of it is the place and the secret in one.
   */
  leads: { to: "origin" | "whole"; url: string } | null;
};

export const inHeaders = (headers: Readonly<Record<string, string>>): Signature => ({
  headers,
  query: {},
  leads: null,
});

/** The request that is signed, as far as a way of signing looks at it. */
export type Signing = {
  /** One of the manifest's hosts; null for the usual one. */
  host: string | null;
  /** What makes a repetition the same request; null where it needs no such thing. */
  id: string | null;
  body: string | Uint8Array | null;
};

export type TokenAnswer = Readonly<Record<string, Json>>;
export type TokenRequest = {
  url: string;
  values: Readonly<Record<string, string>>;
  as: "form" | "json" | "nothing";
  headers: Readonly<Record<string, string>>;
};

/** With what a credential is renewed. */
export type Asking = {
  /** Hands back the JSON of a good answer of a token endpoint. Systemic errors are thrown. */
  ask(request: TokenRequest): Promise<TokenAnswer>;
  now: Temporal.Instant;
  /** Where an address of the manifest is for this connection (see endpoints.ts). */
  at(url: string): string;
};

/** A person's way to the tool and back. */
export type Trip = {
  client: Client;
  redirect: string;
  state: string;
  /** RFC 7636: what proves at the token endpoint that the code was asked for by us. */
  verifier: string;
};

/** One way of proving to a tool who we are. Must not log or throw a secret. */
export type AuthKind<Options> = {
  fields(options: Options): readonly CredentialField[];
  /** Null when it has to be renewed first. */
  sign(secret: Secret, options: Options, now: Temporal.Instant, request: Signing): Signature | null;
  /** A fresh credential, whole; absent where there is nothing to renew. */
  renew?(secret: Secret, options: Options, asking: Asking): Promise<Renewed>;
  /** Where a person consents; absent where nobody signs in through a browser. */
  consentAt?(trip: Trip, options: Options, at: Asking["at"]): string;
  /** The credential for a code that came back. */
  redeem?(code: string, trip: Trip, options: Options, asking: Asking): Promise<Renewed>;
  /** Ends it at the tool; absent where the tool cannot. */
  revoke?(secret: Secret, options: Options, asking: Asking): Promise<void>;
};
