import { randomBytes } from "node:crypto";
import type { Shelf } from "../../../collection.ts";
import { json, type Request, type Route } from "../../http.ts";
import { notConnected } from "../../consent-page.ts";
import { openSignIn, refused, type SignIn } from "../../sign-in.ts";
import { PORTAL } from "../account.ts";
import { scopes } from "./scopes.ts";

export const APP = 1_160_452;
export const CLIENT_ID = "3f6b1c52-0000-4000-8000-simulated0app";
export const CLIENT_SECRET = "9d0c7a1e-0000-4000-8000-simulatedsecret";
export const AUTHORIZE_PATH = "/oauth/authorize";
export const TOKEN_PATH = "/oauth/2026-09/token";
const OTHER_PATHS = ["/oauth/2026-03/token", "/oauth/v3/token", "/oauth/v1/token"];

/** HubSpot's sign-in: half an hour a token, a refresh token that stays, everything in the body. */
export function openHubspotSignIn(shelf: Shelf): SignIn {
  const signIn = openSignIn(shelf, {
    title: "HubSpot",
    authorize: AUTHORIZE_PATH,
    token: TOKEN_PATH,
    revoke: `${TOKEN_PATH}/revoke`,
    client_id: CLIENT_ID,
    client_secret: CLIENT_SECRET,
    client: "body",
    pkce: "accepted",
    body: "form",
    scopes,
    rotates: false,
    accessSeconds: 1800,
    // Access tokens carry what they allow, and are about this long.
    makeToken: () => `CL${randomBytes(190).toString("base64url")}`,
    besides(request, granted) {
      const refresh = new URLSearchParams(request.body).get("refresh_token");
      return {
        hub_id: PORTAL,
        scopes: granted,
        ...(refresh !== null && { refresh_token: refresh }),
      };
    },
  });
  const routes = signIn.routes.map((route) =>
    route.path === AUTHORIZE_PATH ? withOptionalScopes(route) : route,
  );
  const introspection: Route = {
    method: "POST",
    path: `${TOKEN_PATH}/introspect`,
    handle: (request) => introspected(request, signIn),
  };
  const all = [...routes, introspection];
  return Object.assign(signIn, {
    routes: [...all, ...OTHER_PATHS.flatMap((path) => under(path, all))],
  });
}

/** The same doors at the paths of the other versions. */
const under = (path: string, routes: Route[]): Route[] =>
  routes
    .filter((route) => route.path.startsWith(TOKEN_PATH))
    .map((route) => ({ ...route, path: route.path.replace(TOKEN_PATH, path) }));

/** HubSpot's address has `optional_scope` beside `scope`, and no response_type. */
const withOptionalScopes = (route: Route): Route => ({
  ...route,
  handle(request) {
    const query = new URLSearchParams(request.query);
    // Every app of HubSpot's has it, and asks for what it has (unverified: the page).
    if (!(query.get("scope") ?? "").split(" ").includes("oauth"))
      return notConnected("one or more required scopes are missing from the address: oauth");
    const optional = (query.get("optional_scope") ?? "").split(" ");
    const known = optional.filter((scope) => scopes.includes(scope));
    query.set("scope", [query.get("scope") ?? "", ...known].join(" "));
    if (!query.has("response_type")) query.set("response_type", "code");
    return route.handle({ ...request, query });
  },
});

/** Whether a token works, and for what. Fields beside `active` are unverified. */
function introspected(request: Request, signIn: SignIn) {
  const form = new URLSearchParams(request.body);
  if (form.get("client_id") !== CLIENT_ID || form.get("client_secret") !== CLIENT_SECRET)
    return refused(401, "invalid_client", "The client is not known.");
  const token = form.get("token") ?? "";
  const refreshable = signIn.refreshable(token);
  if (refreshable !== undefined) return json(200, facts("refresh_token", refreshable, null));
  const standing = signIn.standing(token);
  if (typeof standing === "string") return json(200, { active: false });
  return json(200, facts("access_token", standing.scopes, standing.ends));
}

const facts = (use: string, granted: readonly string[], ends: number | null) => ({
  active: true,
  token_use: use,
  token_type: "bearer",
  client_id: CLIENT_ID,
  app_id: APP,
  hub_id: PORTAL,
  scopes: granted,
  ...(ends !== null && { expires_in: Math.max(0, Math.floor((ends - Date.now()) / 1000)) }),
});
