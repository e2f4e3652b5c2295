import type { Shelf } from "../../collection.ts";
import type { Answer, Request } from "../http.ts";
import { openSignIn, type SignIn } from "../sign-in.ts";
import { BASE } from "./endpoint.ts";
import { expiredToken, unauthorized } from "./errors.ts";
import type { Limits } from "./limits.ts";
import { type Caller, callerWith, scopes } from "./scopes.ts";
import { ME, users } from "./workspace.ts";

export const PERSONAL_TOKEN =
  "2/12085400000000011/12085400000000900:simulated0000000000000000000000";
export const AUTHORIZE = "/-/oauth_authorize";
export const TOKEN = "/-/oauth_token";
export const CLIENT_ID = "12085400000000901";
export const CLIENT_SECRET = "simulated-asana-client-secret-0000";

export type Access = {
  signIn: SignIn;
  gate(request: Request, next: () => Promise<Answer>): Answer | Promise<Answer>;
  whoIs(request: Request): Caller;
  /** Ends every token, or lets the personal one live again. */
  revoke(ended: boolean): void;
};

/** Who may come in: a personal access token, or an app by OAuth whose refresh token stays the same. */
export function openAccess(shelf: Shelf, limits: Limits): Access {
  const ended = shelf.collection<boolean>("personal_token_ended");
  const me = users.find(({ gid }) => gid === ME);
  const signIn = openSignIn(shelf, {
    title: "Asana",
    authorize: AUTHORIZE,
    token: TOKEN,
    revoke: "/-/oauth_revoke",
    client_id: CLIENT_ID,
    client_secret: CLIENT_SECRET,
    client: "body",
    pkce: "accepted",
    body: "form",
    scopes,
    rotates: false,
    accessSeconds: 3600,
    besides: () => ({ data: { id: ME, gid: ME, name: me?.name, email: me?.email } }),
  });

  function callerOf(authorization = ""): Caller | "expired" | undefined {
    const token = /^Bearer (.+)$/.exec(authorization)?.[1] ?? "";
    if (token === PERSONAL_TOKEN)
      return ended.get("now") === true ? undefined : callerWith(ME, "everything");
    const standing = signIn.standing(token);
    if (standing === "unknown") return undefined;
    return standing === "expired" ? "expired" : callerWith(ME, standing.scopes);
  }

  return {
    signIn,
    gate(request, next) {
      if (!request.path.startsWith(`${BASE}/`)) return next();
      const caller = callerOf(request.headers.authorization);
      if (caller === undefined) return unauthorized();
      return caller === "expired" ? expiredToken() : limits.guard(request, next);
    },
    whoIs(request) {
      const caller = callerOf(request.headers.authorization);
      if (caller === undefined || caller === "expired") throw new Error("The gate lets nobody by.");
      return caller;
    },
    revoke(now) {
      ended.set("now", now);
      if (now) signIn.revokeAll();
    },
  };
}
