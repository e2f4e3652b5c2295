import { randomUUID } from "node:crypto";
import type { Shelf } from "../../collection.ts";
import { type Answer, json, type Request as HttpRequest, type Route } from "../http.ts";
import { signedToken } from "../jwt.ts";
import { openSignIn, refused, type SignIn } from "../sign-in.ts";
import { ACCOUNT_ID, ME } from "./account.ts";
import { type Caller, scopes } from "./scopes.ts";

export const PERSONAL_TOKEN = "eyJhbGciOiJIUzI1NiJ9.c2ltdWxhdGVkLXBlcnNvbmFsLXRva2Vu.c2ltdWxhdGVk";
export const AUTHORIZE = "/oauth2/authorize";
export const TOKEN = "/oauth_ms/oauth/token";
const REVOKE = "/oauth_ms/oauth/revoke";
export const CLIENT_ID = "simulated0monday0client0id000000";
export const CLIENT_SECRET = "simulated0monday0client0secret00";
/** With which monday signs what it sends to the app; the app's owner finds it beside the client secret. */
export const SIGNING_SECRET = "simulated0monday0signing0secret0";
const AN_HOUR_MS = 3_600_000;

export type Access = {
  signIn: SignIn;
  routes: Route[];
  /** Undefined where the token is nobody's, or has ended. */
  callerOf(request: HttpRequest): Caller | undefined;
  /** Ends every token, or lets the personal one live again. */
  revoke(ended: boolean): void;
};

/**
 * OAuth 2.1 as monday has it since 2026: parameters as JSON, an access token whose end stands in it
 * and nowhere else, and a new refresh token each time.
 */
export function openAccess(shelf: Shelf): Access {
  const ended = shelf.collection<boolean>("personal_token_ended");
  const signIn: SignIn = openSignIn(shelf, {
    title: "monday.com",
    authorize: AUTHORIZE,
    token: TOKEN,
    revoke: REVOKE,
    client_id: CLIENT_ID,
    client_secret: CLIENT_SECRET,
    client: "body",
    pkce: "required",
    body: "json",
    scopes,
    rotates: true,
    accessSeconds: null,
    besides: () => ({ token_type: "Bearer" }),
    makeToken() {
      const now = Math.floor(Date.now() / 1000);
      const exp = Math.floor((Date.now() + signIn.lifetimeMs) / 1000);
      return signedToken({ jti: randomUUID(), uid: Number(ME), actid: ACCOUNT_ID, iat: now, exp }, SIGNING_SECRET); // prettier-ignore
    },
  });
  signIn.lifetimeMs = AN_HOUR_MS;

  return {
    signIn,
    routes: signIn.routes.map((route) => (route.path === REVOKE ? revoking(route) : route)),
    callerOf({ headers }) {
      const token = (headers.authorization ?? "").replace(/^Bearer /, "");
      if (token === PERSONAL_TOKEN)
        return ended.get("now") === true ? undefined : { user: ME, app: false, may: () => true };
      const standing = signIn.standing(token);
      if (typeof standing === "string") return undefined;
      const { scopes: granted } = standing;
      // An app that asks for nothing in particular gets all that it was registered with.
      return {
        user: ME,
        app: true,
        may: (scope) => granted.length === 0 || granted.includes(scope),
      };
    },
    revoke(now) {
      ended.set("now", now);
      if (now) signIn.revokeAll();
    },
  };
}

/** Only the app itself may end its tokens, and is told that it did. */
const revoking = (route: Route): Route => ({
  ...route,
  async handle(request): Promise<Answer> {
    const { client_id, client_secret } = bodyOf(request);
    if (client_id !== CLIENT_ID || client_secret !== CLIENT_SECRET)
      return refused(401, "invalid_client", "The client is not known.");
    await route.handle(request);
    return json(200, { success: true });
  },
});

function bodyOf({ body }: HttpRequest): Record<string, unknown> {
  try {
    return JSON.parse(body) as Record<string, unknown>;
  } catch {
    return {};
  }
}
