import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, verify } from "node:crypto"; // prettier-ignore
import type { Shelf } from "../../collection.ts";
import { robot } from "./principals.ts";

/** Google's own address of the token endpoint, which many clients put into every assertion. */
const TOKEN_AUDIENCE = "https://oauth2.googleapis.com/token";
export const PROJECT = "harbour-and-sons";
const CLIENT_ID = "104926718305526418830";
const KEY_ID = "5f0c6b7d1e2a4390b8d6c4f1a7e35920d4b1c8aa";
const CLOCK_SKEW_S = 300;

export type ServiceAccount = {
  /** The file that a person downloads when making a key, as text. */
  json(tokenUri: string): string;
  /** The public half, as Google shows it for the account. */
  keys(): { keys: unknown[] };
  /** What a signed assertion claims; says why where Google would not take it. */
  claims(assertion: string, tokenUri: string): Claims | { refused: string };
};

type Claims = { scope: readonly string[]; sub: string | null };

let made: string | undefined;

/** Making a key takes a moment, so that one process makes one, for whichever Drive needs it. */
const madeKey = (): string =>
  (made ??= generateKeyPairSync("rsa", { modulusLength: 2048 })
    .privateKey.export({ type: "pkcs8", format: "pem" })
    .toString());

/** The service account of the simulated project, with one key pair: made when first asked for, and kept. */
export function openServiceAccount(shelf: Shelf): ServiceAccount {
  const kept = shelf.collection<string>("service_account");
  const email = robot.emailAddress;

  function privateKey(): string {
    const pem = kept.get("private_key") ?? madeKey();
    if (kept.get("private_key") === undefined) kept.set("private_key", pem);
    return pem;
  }
  const publicKey = (): KeyObject => createPublicKey(createPrivateKey(privateKey()));

  return {
    json: (tokenUri) =>
      JSON.stringify({
        type: "service_account",
        project_id: PROJECT,
        private_key_id: KEY_ID,
        private_key: privateKey(),
        client_email: email,
        client_id: CLIENT_ID,
        auth_uri: "https://accounts.google.com/o/oauth2/auth",
        token_uri: tokenUri,
        auth_provider_x509_cert_url: "https://www.googleapis.com/oauth2/v1/certs",
        universe_domain: "googleapis.com",
      }),
    keys: () => ({
      keys: [{ ...publicKey().export({ format: "jwk" }), alg: "RS256", use: "sig", kid: KEY_ID }],
    }),
    claims(assertion, tokenUri) {
      const [head = "", body = "", signature = "", ...more] = assertion.split(".");
      const [header, claims] = [partOf(head), partOf(body)];
      if (header === null || claims === null || more.length > 0)
        return { refused: "Invalid JWT: Failed to parse." };
      const signed = verify(
        "RSA-SHA256",
        Buffer.from(`${head}.${body}`),
        publicKey(),
        Buffer.from(signature, "base64url"),
      );
      const problem = problemWith(header, claims, signed, [TOKEN_AUDIENCE, tokenUri]);
      if (problem !== null) return { refused: problem };
      const { scope, sub } = claims;
      return {
        scope: String(scope)
          .split(" ")
          .filter((one) => one !== ""),
        sub: typeof sub === "string" && sub !== email ? sub : null,
      };
    },
  };
}

type Part = Record<string, unknown>;

function partOf(text: string): Part | null {
  try {
    const value: unknown = JSON.parse(Buffer.from(text, "base64url").toString("utf8"));
    return typeof value === "object" && value !== null ? (value as Part) : null;
  } catch {
    return null;
  }
}

/** Google's words for what is wrong with an assertion. Source: its page on service accounts. */
function problemWith(
  header: Part,
  claims: Part,
  signed: boolean,
  audiences: readonly string[],
): string | null {
  const { iat, exp } = claims;
  const now = Date.now() / 1000;
  const timely =
    typeof iat === "number" &&
    typeof exp === "number" &&
    exp - iat <= 3600 &&
    iat <= now + CLOCK_SKEW_S &&
    exp > now - CLOCK_SKEW_S;
  const rules: [broken: boolean, problem: string][] = [
    [header["alg"] !== "RS256", "Invalid JWT: Only RS256 is supported."],
    [claims["iss"] !== robot.emailAddress, "Invalid grant: account not found"],
    [!signed || (header["kid"] ?? KEY_ID) !== KEY_ID, "Invalid JWT Signature."],
    [!audiences.includes(String(claims["aud"])), "Invalid JWT: Failed audience check."],
    [
      !timely,
      "Invalid JWT: Token must be a short-lived token (60 minutes) and in a reasonable timeframe. Check your iat and exp values in the JWT claim.",
    ],
  ];
  return rules.find(([broken]) => broken)?.[1] ?? null;
}
