import { createPrivateKey, type KeyObject, sign } from "node:crypto";
import { SignInAgain } from "#domain/errors.ts";

/** A JWT with these claims (RFC 7519), signed with RS256. @throws SignInAgain when it is no RSA key */
export function signedJwt(
  claims: Readonly<Record<string, string | number>>,
  pem: string,
  header: Readonly<Record<string, string>> = {},
): string {
  const head = encoded(JSON.stringify({ alg: "RS256", typ: "JWT", ...header }));
  const input = `${head}.${encoded(JSON.stringify(claims))}`;
  return `${input}.${rs256(input, keyOf(pem))}`;
}

/** RFC 7518, 3.3: RSASSA-PKCS1-v1_5 with SHA-256. */
export const rs256 = (input: string, key: KeyObject): string =>
  sign("RSA-SHA256", Buffer.from(input), key).toString("base64url");

/** When a JWT says that it ends. Its signature is not ours to check: it is only sent back. */
export function jwtEnds(token: string): Temporal.Instant | null {
  const [, claims, signature] = token.split(".");
  if (claims === undefined || signature === undefined) return null;
  try {
    const { exp } = JSON.parse(Buffer.from(claims, "base64url").toString()) as { exp?: unknown };
    return typeof exp === "number" && exp > 0 && exp < 1e11
      ? Temporal.Instant.fromEpochMilliseconds(Math.floor(exp * 1000))
      : null;
  } catch {
    return null;
  }
}

const encoded = (text: string): string => Buffer.from(text).toString("base64url");

/** Line breaks are lost where a key is pasted into one line, or are written as \n in a variable. */
function keyOf(text: string): KeyObject {
  const found = /-----BEGIN ((?:RSA )?PRIVATE KEY)-----(.+)-----END \1-----/s.exec(text);
  const body = (found?.[2] ?? "").replace(/\\[nr]|\s/g, "").replace(/(.{64})/g, "$1\n");
  const pem = `-----BEGIN ${found?.[1] ?? ""}-----\n${body}\n-----END ${found?.[1] ?? ""}-----\n`;
  try {
    const key = createPrivateKey(pem);
    if (key.asymmetricKeyType === "rsa") return key;
  } catch {
    // Said below: what OpenSSL says of it helps nobody.
  }
  throw new SignInAgain(
    "The private key cannot be read; it is an RSA key that begins with -----BEGIN PRIVATE KEY-----",
  );
}
