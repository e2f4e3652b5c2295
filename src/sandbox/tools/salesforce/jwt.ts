import { createPublicKey, verify } from "node:crypto";
import { type Answer } from "../http.ts";
import { refused } from "../sign-in.ts";
import { INTEGRATION_USERNAME } from "./people.ts";

const LOGIN_HOSTS = ["https://login.salesforce.com", "https://test.salesforce.com"];
/** How far ahead an assertion may end. */
const LONGEST_MS = 3 * 60_000;

/**
 * What is wrong with an assertion of the JWT bearer flow; null where nothing is. `certificate` is the
 * public key that somebody gave the app, in PEM; null before that. The texts are unverified.
 */
export function problemWithAssertion(
  assertion: string,
  clientId: string,
  certificate: string | null,
  origin: string,
): Answer | null {
  const [head = "", claims = "", signature = ""] = assertion.split(".");
  const said = part(claims);
  const genuine = part(head)?.["alg"] === "RS256" && isSigned(head, claims, signature, certificate);
  if (said === null || !genuine) return refused(400, "invalid_grant", "invalid assertion");
  const ends = Number(said["exp"]) * 1000 - Date.now();
  const audiences = [origin, ...LOGIN_HOSTS];
  const rules: [broken: boolean, error: string, description: string][] = [
    [said["iss"] !== clientId, "invalid_client_id", "client identifier invalid"],
    [!audiences.some((one) => one === said["aud"]), "invalid_grant", "audience is invalid"],
    [!(ends > 0 && ends <= LONGEST_MS), "invalid_grant", "assertion has expired or lasts too long"],
    [said["sub"] !== INTEGRATION_USERNAME, "invalid_grant", "user hasn't approved this consumer"],
  ];
  const [, error, description] = rules.find(([broken]) => broken) ?? [];
  return error === undefined ? null : refused(400, error, description ?? "");
}

const isSigned = (
  head: string,
  claims: string,
  signature: string,
  certificate: string | null,
): boolean =>
  certificate !== null &&
  verify(
    "RSA-SHA256",
    Buffer.from(`${head}.${claims}`),
    createPublicKey(certificate),
    Buffer.from(signature, "base64url"),
  );

function part(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(Buffer.from(text, "base64url").toString("utf8"));
    return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}
