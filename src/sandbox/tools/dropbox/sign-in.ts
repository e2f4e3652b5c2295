import { createHash, randomBytes } from "node:crypto";
import type { Shelf } from "../../collection.ts";
import { type Answer, type Request, type Route } from "../http.ts";
import { openSignIn, refused, type SignInOptions } from "../sign-in.ts";
import type { Scope } from "./api.ts";

export const CLIENT_ID = "simulatedappkey1";
/** Also what webhooks are signed with. */
export const CLIENT_SECRET = "simulatedappsecr";
/** Accepted until access is revoked, for a credential that is only a token. */
export const LASTING_TOKEN = "sl.simulated-lasting-access-token";
export const AUTHORIZE_PATH = "/oauth2/authorize";
export const TOKEN_PATH = "/oauth2/token";
const REVOKE_PATH = "/_end_token";
const FORM = { "content-type": "application/x-www-form-urlencoded" };
const SCOPES: readonly Scope[] = ["account_info.read", "files.metadata.read", "files.metadata.write", "files.content.read", "files.content.write"]; // prettier-ignore

export const ACCOUNT_ID = "dbid:AAH4f99T0taONIb-OurWxbNQ6ywGRopQngc";
export const USER_ID = 4_245_623;

export type DropboxSignIn = {
  routes: Route[];
  /** What a token may do; why not where it may do nothing. */
  standing(token: string): { scopes: readonly string[] } | "expired" | "unknown";
  refresh(): string;
  /** Ends a token, the refresh token it came of, and all others that came of that. */
  end(request: Request, token: string): void;
  revokeAll(): void;
  setLifetime(ms: number): void;
};

/** Dropbox's sign-in: short-lived tokens, a refresh token for who asks for offline access. */
export function openDropboxSignIn(shelf: Shelf): DropboxSignIn {
  const parents = shelf.collection<string>("token_parents");
  const secretless = shelf.collection<true>("secretless_refresh_tokens");
  const ended = shelf.collection<true>("lasting_token_ended");
  const challenges = new Set<string>();
  const options: SignInOptions = {
    title: "Dropbox",
    authorize: AUTHORIZE_PATH,
    token: TOKEN_PATH,
    revoke: REVOKE_PATH,
    client_id: CLIENT_ID,
    client_secret: CLIENT_SECRET,
    client: "either",
    pkce: "accepted",
    body: "form",
    scopes: SCOPES,
    rotates: false,
    accessSeconds: 14_400,
    offline: (query) => query.get("token_access_type") === "offline",
    besides: () => ({ uid: String(USER_ID), account_id: ACCOUNT_ID }),
    makeToken: () => `sl.${randomBytes(48).toString("base64url")}`,
  };
  const signIn = openSignIn(shelf, options);
  const routeAt = (path: string) => signIn.routes.find((route) => route.path === path) as Route;

  /** Who names no scopes gets all that the app has. */
  function authorize(request: Request): Answer | Promise<Answer> {
    const query = new URLSearchParams(request.query);
    if (!query.get("scope")) query.set("scope", SCOPES.join(" "));
    const challenge = query.get("code_challenge");
    if (challenge !== null) challenges.add(challenge);
    return routeAt(AUTHORIZE_PATH).handle({ ...request, query });
  }

  /** Parameters may stand in the address too. An app without a secret shows its verifier instead. */
  async function token(request: Request): Promise<Answer> {
    const form = new URLSearchParams([...request.query, ...new URLSearchParams(request.body)]);
    const bare = !form.has("client_secret") && request.headers.authorization === undefined;
    const refresh = form.get("refresh_token");
    if (bare) {
      const challenge = createHash("sha256")
        .update(form.get("code_verifier") ?? "")
        .digest("base64url");
      const known = refresh === null ? challenges.has(challenge) : secretless.get(refresh) === true;
      if (!known) return refused(400, "invalid_client", "Invalid client_id or client_secret");
      form.set("client_secret", CLIENT_SECRET);
    }
    // Where all of it stands in the address, no matter what the empty body is said to be.
    const headers = request.body === "" ? { ...request.headers, ...FORM } : request.headers;
    const answer = await routeAt(TOKEN_PATH).handle({ ...request, headers, body: form.toString() });
    if (answer.status !== 200) return answer;
    const made = JSON.parse(answer.body.toString()) as {
      access_token: string;
      refresh_token?: string;
    };
    const parent = refresh ?? made.refresh_token;
    if (parent !== undefined) parents.set(made.access_token, parent);
    if (bare && made.refresh_token !== undefined) secretless.set(made.refresh_token, true);
    return answer;
  }

  function endOne(request: Request, one: string): void {
    const body = new URLSearchParams({ token: one }).toString();
    void routeAt(REVOKE_PATH).handle({ ...request, headers: FORM, body });
  }

  return {
    routes: [
      { method: "GET", path: AUTHORIZE_PATH, handle: authorize },
      { method: "POST", path: TOKEN_PATH, handle: token },
    ],
    standing(one) {
      if (one !== LASTING_TOKEN) return signIn.standing(one);
      return ended.get("now") ? "unknown" : { scopes: SCOPES };
    },
    refresh: () => signIn.refresh(),
    end(request, one) {
      if (one === LASTING_TOKEN) ended.set("now", true);
      const parent = parents.get(one);
      const siblings = [...parents.entries()].filter(([, from]) => from === parent);
      for (const [access] of siblings) endOne(request, access);
      for (const gone of [one, parent]) if (gone !== undefined) endOne(request, gone);
    },
    revokeAll() {
      signIn.revokeAll();
      ended.set("now", true);
    },
    setLifetime: (ms) => void (signIn.lifetimeMs = ms),
  };
}
