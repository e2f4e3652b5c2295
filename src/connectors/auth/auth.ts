import type { Secret } from "#domain/connection.ts";

export type CredentialField = { name: string; label: string; secret: boolean; optional: boolean };

/** Sends a form to a token endpoint and hands back the JSON of a good answer. Systemic errors are thrown. */
export type AskForToken = (
  url: string,
  form: Readonly<Record<string, string>>,
  headers: Readonly<Record<string, string>>,
) => Promise<Readonly<Record<string, unknown>>>;

/** One way of proving to a tool who we are. Must not log or throw a secret. */
export type AuthKind<Options> = {
  fields: readonly CredentialField[];
  /** Headers that carry the credential; null when it has to be renewed first. */
  sign(secret: Secret, options: Options, now: Temporal.Instant): Record<string, string> | null;
  /** A fresh credential, whole; absent where there is nothing to renew. */
  renew?(
    secret: Secret,
    options: Options,
    about: { ask: AskForToken; now: Temporal.Instant },
  ): Promise<Secret>;
};
