import { randomBytes } from "node:crypto";
import type { Shelf } from "../../collection.ts";
import { type Answer, json, page, type Request, type Route } from "../http.ts";
import { html } from "../markup.ts";

export const CLIENT_ID = "ABsimulatedTielineClientId0000000000000000000000";
export const CLIENT_SECRET = "simulatedSecret0000000000000000000000000";
/** Accepted for as long as the simulated tool lives, for a credential that is only a token. */
export const LASTING_TOKEN = "eyJsimulated.quickbooks.long-lived-access-token";
export const AUTHORIZE_PATH = "/connect/oauth2";
export const TOKEN_PATH = "/oauth2/v1/tokens/bearer";
const FIRST_REFRESH = "RT1-simulated-first-refresh-token";
const REFRESH_SECONDS = 8_640_000;

export type Tokens = {
  routes(realm: string): Route[];
  accepts(authorization: string | undefined): boolean;
  /** The one refresh token that works now. */
  refresh(): string;
  /** For access tokens issued from now on. */
  lifetimeMs: number;
};

/**
 * Intuit's sign-in: an authorize page, and a token endpoint where each refresh replaces the refresh
 * token and the one before dies at once. (Intuit leaves it 24 hours; dying at once finds more.)
 */
export function openTokens(shelf: Shelf): Tokens {
  const access = shelf.collection<number>("access_tokens");
  const current = shelf.collection<string>("refresh_token");
  const codes = new Set<string>();
  if (current.get("now") === undefined) current.set("now", FIRST_REFRESH);

  const tokens: Tokens = {
    lifetimeMs: 3_600_000,
    refresh: () => current.get("now") ?? FIRST_REFRESH,
    accepts(authorization = "") {
      const token = authorization.replace(/^Bearer /, "");
      return token === LASTING_TOKEN || (access.get(token) ?? 0) > Date.now();
    },
    routes: (realm) => [
      { method: "POST", path: TOKEN_PATH, handle: exchange },
      { method: "GET", path: AUTHORIZE_PATH, handle: (request) => consent(request, realm) },
    ],
  };

  function issue(): Answer {
    const token = `eyJsimulated.${randomBytes(24).toString("base64url")}`;
    const refresh = `RT1-${randomBytes(24).toString("base64url")}`;
    access.set(token, Date.now() + tokens.lifetimeMs);
    current.set("now", refresh);
    return json(200, {
      access_token: token,
      token_type: "bearer",
      expires_in: Math.floor(tokens.lifetimeMs / 1000),
      refresh_token: refresh,
      x_refresh_token_expires_in: REFRESH_SECONDS,
    });
  }

  function exchange(request: Request): Answer {
    const basic = Buffer.from(`${CLIENT_ID}:${CLIENT_SECRET}`).toString("base64");
    if (request.headers.authorization !== `Basic ${basic}`) {
      return json(401, { error: "invalid_client" });
    }
    const form = new URLSearchParams(request.body);
    const code = form.get("code") ?? "";
    const grant = form.get("grant_type");
    if (grant === "refresh_token") {
      if (form.get("refresh_token") === tokens.refresh()) return issue();
      return invalidGrant("Incorrect or invalid refresh token");
    }
    if (grant !== "authorization_code") return json(400, { error: "unsupported_grant_type" });
    return codes.delete(code) ? issue() : invalidGrant("Invalid authorization code");
  }

  function consent({ query }: Request, realm: string): Answer {
    const back = URL.parse(query.get("redirect_uri") ?? "");
    if (query.get("client_id") !== CLIENT_ID || !/^https?:$/.test(back?.protocol ?? "")) {
      return page("Sorry, but this app did not connect: wrong client_id or redirect_uri.", 400);
    }
    const code = randomBytes(18).toString("base64url");
    codes.add(code);
    back?.searchParams.set("code", code);
    back?.searchParams.set("state", query.get("state") ?? "");
    back?.searchParams.set("realmId", realm);
    const body = html`<!doctype html>
      <meta name="color-scheme" content="light dark" />
      <title>QuickBooks, simulated</title>
      <h1>Simulated QuickBooks</h1>
      <p>An app asks to read and write the books of this simulated company.</p>
      <p><a href="${back?.href ?? ""}">Connect</a></p>`;
    return page(body.markup);
  }

  return tokens;
}

const invalidGrant = (description: string) =>
  json(400, { error: "invalid_grant", error_description: description });
