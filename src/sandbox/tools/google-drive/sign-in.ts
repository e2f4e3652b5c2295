import { randomBytes } from "node:crypto";
import type { Shelf } from "../../collection.ts";
import { json, type Request, type Route } from "../http.ts";
import { openSignIn, refused, type SignInOptions } from "../sign-in.ts";
import type { Scope } from "./methods.ts";
import { type Principal, robot, user } from "./principals.ts";
import { PROJECT, type ServiceAccount } from "./robot-account.ts";

export const CLIENT_ID = "118204937561-simulatedtieline.apps.googleusercontent.com";
export const CLIENT_SECRET = "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";
/** Accepted until access is revoked, for a credential that is only a token. */
export const LASTING_TOKEN = "ya29.simulated-lasting-access-token";
export const AUTHORIZE_PATH = "/o/oauth2/v2/auth";
export const TOKEN_PATH = "/token";
const REVOKE_PATH = "/revoke";
const JWT_GRANT = "urn:ietf:params:oauth:grant-type:jwt-bearer";
const PREFIX = "https://www.googleapis.com/auth/";
const SCOPES: readonly Scope[] = ["drive", "drive.file", "drive.readonly", "drive.metadata", "drive.metadata.readonly"]; // prettier-ignore

export type DriveSignIn = {
  routes: Route[];
  /** Whose token it is; why not where it may do nothing. */
  principal(token: string): Principal | "expired" | "unknown";
  refresh(): string;
  revokeAll(): void;
  setLifetime(ms: number): void;
};

type Minted = { ends: number; scopes: readonly Scope[]; own: Principal["own"] };

/** Google's two ways in: a person's consent in the browser, and a service account's signed JWT. */
export function openDriveSignIn(shelf: Shelf, account: ServiceAccount): DriveSignIn {
  const minted = shelf.collection<Minted>("service_tokens");
  const revoked = shelf.collection<true>("lasting_token_revoked");
  const options: SignInOptions = {
    title: "Google Drive",
    authorize: AUTHORIZE_PATH,
    token: TOKEN_PATH,
    revoke: REVOKE_PATH,
    client_id: CLIENT_ID,
    client_secret: CLIENT_SECRET,
    client: "either",
    pkce: "accepted",
    body: "form",
    scopes: SCOPES.map((scope) => PREFIX + scope),
    rotates: false,
    accessSeconds: 3599,
    // Without both there is an access token alone, and after an hour the end.
    offline: (query) =>
      query.get("access_type") === "offline" &&
      (query.get("prompt") ?? "").split(" ").includes("consent"),
    besides: () => ({ token_type: "Bearer" }),
    makeToken,
  };
  const people = openSignIn(shelf, options);

  /** The token endpoint serves both; an assertion needs no client and brings no refresh token. */
  function token(request: Request, route: Route) {
    const form = new URLSearchParams(request.body);
    if (form.get("grant_type") !== JWT_GRANT) return route.handle(request);
    const claims = account.claims(form.get("assertion") ?? "", request.origin + TOKEN_PATH);
    if ("refused" in claims) return refused(400, "invalid_grant", claims.refused);
    const scopes = claims.scope.flatMap((scope) => scopeOf(scope) ?? []);
    if (scopes.length === 0 || scopes.length < claims.scope.length)
      return refused(400, "invalid_scope", "Invalid OAuth scope or ID token audience provided.");
    if (claims.sub !== null && claims.sub !== user.emailAddress)
      return refused(
        401,
        "unauthorized_client",
        "Client is unauthorized to retrieve access tokens using this method, or client not authorized for any of the scopes requested.",
      );
    const issued = makeToken();
    const own = claims.sub === null ? "service" : "user";
    minted.set(issued, { ends: Date.now() + people.lifetimeMs, scopes, own });
    const expires_in = Math.floor(people.lifetimeMs / 1000);
    return json(200, { access_token: issued, expires_in, token_type: "Bearer" });
  }

  return {
    routes: [
      ...people.routes.map((route) =>
        route.path === TOKEN_PATH
          ? { ...route, handle: (request: Request) => token(request, route) }
          : route,
      ),
      {
        method: "GET",
        path: `/service_accounts/v1/jwk/${robot.emailAddress}`,
        handle: () => json(200, account.keys()),
      },
    ],
    principal(token) {
      if (token === LASTING_TOKEN)
        return revoked.get("now") ? "unknown" : asUser(CLIENT_ID, SCOPES);
      const service = minted.get(token);
      if (service !== undefined) {
        if (service.ends <= Date.now()) return "expired";
        if (service.own === "user") return asUser(PROJECT, service.scopes);
        return { person: robot, own: "service", app: PROJECT, scopes: service.scopes };
      }
      const standing = people.standing(token);
      if (typeof standing === "string") return standing;
      return asUser(
        CLIENT_ID,
        standing.scopes.flatMap((scope) => scopeOf(scope) ?? []),
      );
    },
    refresh: () => people.refresh(),
    revokeAll() {
      people.revokeAll();
      for (const [token] of [...minted.entries()]) minted.delete(token);
      revoked.set("now", true);
    },
    setLifetime: (ms) => void (people.lifetimeMs = ms),
  };
}

const makeToken = (): string => `ya29.${randomBytes(30).toString("base64url")}`;

const asUser = (app: string, scopes: readonly Scope[]): Principal => ({
  person: user,
  own: "user",
  app,
  scopes,
});

const scopeOf = (scope: string): Scope | undefined =>
  SCOPES.find((known) => PREFIX + known === scope);
