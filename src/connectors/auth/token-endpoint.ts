import { RetryLater, SignInRefused, Unavailable } from "#domain/errors.ts";
import { onceSure, type Grip } from "#domain/grip.ts";
import type { Egress, Incoming } from "../egress.ts";
import { NoAnswer } from "../egress/no-answer.ts";
import { parseJson } from "../json/lossless.ts";
import { textOf } from "../json/path.ts";
import type { Asking, TokenAnswer, TokenRequest } from "./auth.ts";

/** The tool's sign-in service refused, and will refuse again: `invalid_grant` (RFC 6749, 5.2). */
export class TokenRefused extends SignInRefused {
  /** The tool's word for it; empty where it has none, or says back what it was sent. */
  readonly code: string;

  constructor(message: string, code: string) {
    super(message);
    this.code = code;
  }
}

/**
 * Asks a token endpoint, where others may do so too once the `grip` is sure: a refresh token that comes twice ends
 * the sign-in for all. A failure that may pass is no refusal.
 * @throws TokenRefused, Unavailable or RetryLater @throws Fenced where it is not ours any more; nothing was sent
 */
export function askTokenEndpoint(
  egress: Egress,
  signal: AbortSignal,
  grip: Grip | null = null,
): Asking["ask"] {
  return async ({ url, values, as, headers }) => {
    const asked = {
      method: "POST",
      url,
      headers: { accept: "application/json", ...contentType[as], ...headers },
      body: written(values, as),
      signal,
      totalMs: 60_000,
    };
    const answer = await onceSure(grip, () => egress.send(asked)).catch((error: unknown) => {
      if (error instanceof NoAnswer) throw new Unavailable(error.message, { cause: error });
      throw error;
    });
    const said = objectIn(answer.body.toString());
    const code = textOf(said?.["error"]) ?? "";
    // Some answer with status 200 that it went wrong.
    if (answer.status >= 200 && answer.status < 300 && code === "" && said !== null) return said;
    const { grant_type: _named, ...secret } = { ...values, ...headers };
    throw failure(answer, isRepeated(code, secret) ? "" : code);
  };
}

const contentType: Readonly<Record<TokenRequest["as"], Record<string, string>>> = {
  form: { "content-type": "application/x-www-form-urlencoded" },
  json: { "content-type": "application/json" },
  nothing: {},
};

function written(values: TokenRequest["values"], as: TokenRequest["as"]): string | null {
  if (as === "nothing") return null;
  return as === "json" ? JSON.stringify(values) : new URLSearchParams(values).toString();
}

const isRepeated = (code: string, sent: Readonly<Record<string, string>>): boolean =>
  !appRefused.has(code) &&
  Object.values(sent).some((value) => value.length > 7 && code.includes(value));

function failure({ status }: Incoming, code: string): Error {
  if (status === 429) return new RetryLater("The sign-in service asks us to wait", 60_000);
  if (appRefused.has(code))
    return new TokenRefused("The app's client is no longer accepted; connect again with the one that is", code); // prettier-ignore
  if (grantRefused.has(code) || status === 401)
    return new TokenRefused("The sign-in is no longer accepted; connect again", code);
  return new Unavailable(`The sign-in service answered ${String(status)}`);
}

/** RFC 6749, 5.2: these will not get better by themselves. */
const appRefused = new Set(["invalid_client", "unauthorized_client"]);
const grantRefused = new Set([
  "invalid_grant",
  "invalid_request",
  "unsupported_grant_type",
  "invalid_scope",
  // HubSpot's older word for invalid_grant (unverified).
  "BAD_REFRESH_TOKEN",
]);

/** An answer without content, as to a revocation, says nothing. */
function objectIn(text: string): TokenAnswer | null {
  if (text.trim() === "") return {};
  try {
    const value = parseJson(text);
    const isObject = typeof value === "object" && value !== null && !Array.isArray(value);
    return isObject && !JSON.isRawJSON(value) ? (value as TokenAnswer) : null;
  } catch {
    return null;
  }
}
