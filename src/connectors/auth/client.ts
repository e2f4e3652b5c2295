import type { Secret } from "#domain/connection.ts";
import { SignInAgain } from "#domain/errors.ts";
import type { Client } from "#domain/ports/sign-in.ts";
import { basicAuthorization } from "./basic.ts";

/** What proves to a token endpoint which app is asking. */
export function proof(
  { id, secret }: Client,
  by: "basic" | "body",
): { headers: Record<string, string>; values: Record<string, string> } {
  if (by === "body") return { headers: {}, values: { client_id: id, client_secret: secret } };
  // RFC 6749, 2.3.1: both parts are form-encoded before they are joined.
  const authorization = basicAuthorization(formEncoded(id), formEncoded(secret));
  return { headers: { authorization }, values: {} };
}

/** @throws SignInAgain when it is not there */
export function clientIn(secret: Secret): Client {
  const id = secret["client_id"]?.trim();
  const key = secret["client_secret"]?.trim();
  if (!id || !key) throw new SignInAgain("The app's client id or secret is missing");
  return { id, secret: key };
}

const formEncoded = (text: string): string => new URLSearchParams({ t: text }).toString().slice(2);
