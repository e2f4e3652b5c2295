import type { Shelf } from "../../collection.ts";
import { notConnected } from "../consent-page.ts";
import type { Answer, Request, Route } from "../http.ts";
import { openSignIn, type SignIn } from "../sign-in.ts";

export const AUTHORIZE_PATH = "/oauth/authorize";
export const TOKEN_PATH = "/auth/oauth/token";
export const CLIENT_ID = "simulated-tieline-app-5f3a1c0000000000000000000000000000000000000000";
export const CLIENT_SECRET = "simulated-secret-00000000000000000000000000000000000000000000";
/** Accepted for as long as nobody ends it, for a credential that is only a token. */
export const LASTING_TOKEN = "eyJsimulated.freshbooks.long-lived-access-token";

export const SCOPES: readonly string[] = [
  "user:profile:read",
  ...["clients", "invoices", "projects", "payments"].flatMap((noun) => [
    `user:${noun}:read`,
    `user:${noun}:write`,
  ]),
];

export type Tokens = {
  routes: Route[];
  /** What this Authorization header may do; null where it may do nothing. */
  scopes(authorization: string | undefined): readonly string[] | null;
  signIn: SignIn;
  /** Whether somebody has ended every token. */
  revoked: boolean;
};

/**
 * FreshBooks' sign-in: access for 12 hours, codes for 5 minutes, a refresh token that works once and of
 * which only one is alive for a user and an app, and a redirect_uri that a refresh names again.
 */
export function openTokens(shelf: Shelf): Tokens {
  const signIn = openSignIn(shelf, {
    title: "FreshBooks",
    authorize: AUTHORIZE_PATH,
    token: TOKEN_PATH,
    client_id: CLIENT_ID,
    client_secret: CLIENT_SECRET,
    client: "body",
    pkce: "accepted",
    body: "either",
    scopes: SCOPES,
    rotates: true,
    redirectOnRefresh: true,
    oneAlive: true,
    codeSeconds: 300,
    accessSeconds: 43_200,
    besides: () => ({ token_type: "Bearer", created_at: Math.floor(Date.now() / 1000) }),
  });
  const tokens: Tokens = {
    signIn,
    revoked: false,
    routes: signIn.routes.map((route) =>
      route.path === AUTHORIZE_PATH ? { ...route, handle: guarded(route) } : route,
    ),
    scopes(authorization = "") {
      const [, token = ""] = /^Bearer (\S+)$/.exec(authorization) ?? [];
      if (token === LASTING_TOKEN) return tokens.revoked ? null : SCOPES;
      const standing = signIn.standing(token);
      return typeof standing === "string" ? null : standing.scopes;
    },
  };
  return tokens;
}

/** An app's address is https and has no query; only this machine's own may do without https here. */
const guarded =
  ({ handle }: Route) =>
  (request: Request): Answer | Promise<Answer> => {
    const back = URL.parse(request.query.get("redirect_uri") ?? "");
    const local = back?.hostname === "127.0.0.1" || back?.hostname === "localhost";
    if (back !== null && back.search === "" && (back.protocol === "https:" || local))
      return handle(request);
    return notConnected("the redirect_uri is not valid");
  };
