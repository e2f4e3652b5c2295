import { randomBytes } from "node:crypto";
import type { Shelf } from "../../../collection.ts";
import type { Answer, Request, Route } from "../../http.ts";
import { openSignIn, refused, type SignIn } from "../../sign-in.ts";

export const REALM = "9341450000000001";
export const CLIENT_ID = "ABsimulatedTielineClientId0000000000000000000000";
export const CLIENT_SECRET = "simulatedSecret0000000000000000000000000";
export const AUTHORIZE_PATH = "/connect/oauth2";
export const TOKEN_PATH = "/oauth2/v1/tokens/bearer";
export const REVOKE_PATH = "/v2/oauth2/tokens/revoke";
export const ACCOUNTING = "com.intuit.quickbooks.accounting";

const REFRESH_SECONDS = 8_640_000;
const HARD_SECONDS = 157_680_000;

/**
 * Intuit's sign-in. Each refresh replaces the refresh token and the one before dies at once. (Intuit
 * leaves it 24 hours; dying at once finds more.)
 */
export function openIntuitSignIn(shelf: Shelf): SignIn {
  const signIn = openSignIn(shelf, {
    title: "QuickBooks",
    authorize: AUTHORIZE_PATH,
    token: TOKEN_PATH,
    revoke: REVOKE_PATH,
    client_id: CLIENT_ID,
    client_secret: CLIENT_SECRET,
    client: "basic",
    pkce: "accepted",
    body: "form",
    // One scope reads and writes; there is none that only reads. The others tell who somebody is.
    scopes: [ACCOUNTING, "openid", "profile", "email", "phone", "address"],
    rotates: true,
    accessSeconds: 3600,
    makeToken: () => `eyJsimulated.${randomBytes(24).toString("base64url")}`,
    besides: ({ headers }) => ({
      x_refresh_token_expires_in: REFRESH_SECONDS,
      ...(headers["x-include-refresh-token-hard-expires-in"] === "true" && {
        x_refresh_token_hard_expires_in: HARD_SECONDS,
      }),
    }),
    callback: { realmId: REALM },
  });
  return Object.assign(signIn, { routes: signIn.routes.map((route) => asIntuit(route, signIn)) });
}

/** Where Intuit words something in its own way, or does more than end one token. */
function asIntuit(route: Route, signIn: SignIn): Route {
  switch (route.path) {
    case TOKEN_PATH:
      return {
        ...route,
        handle: async (request) => reworded(request, await route.handle(request)),
      };
    case REVOKE_PATH:
      return { ...route, handle: (request) => disconnected(request, signIn) };
    default:
      return route;
  }
}

function reworded(request: Request, answer: Answer): Answer {
  const renewing = new URLSearchParams(request.body).get("grant_type") === "refresh_token";
  return renewing && answer.status === 400
    ? refused(400, "invalid_grant", "Incorrect or invalid refresh token")
    : answer;
}

const BASIC = `Basic ${Buffer.from(`${CLIENT_ID}:${CLIENT_SECRET}`).toString("base64")}`;

/** Either token of an app ends all that the app has of this company. */
function disconnected(request: Request, signIn: SignIn): Answer {
  if (request.headers.authorization !== BASIC)
    return refused(401, "invalid_client", "The client is not known.");
  const token = tokenIn(request);
  const known =
    signIn.refreshable(token) !== undefined || typeof signIn.standing(token) !== "string";
  if (!known) return refused(400, "invalid_request", "The token is not known.");
  signIn.revokeAll();
  return { status: 200, headers: {}, body: "" };
}

/** As JSON or as a form: Intuit's own clients do either. */
function tokenIn({ body, headers }: Request): string {
  if (!(headers["content-type"] ?? "").startsWith("application/json"))
    return new URLSearchParams(body).get("token") ?? "";
  try {
    return String((JSON.parse(body) as { token?: unknown }).token);
  } catch {
    return "";
  }
}
