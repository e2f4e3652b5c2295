import { createHmac, createPublicKey, randomBytes } from "node:crypto";
import type { Shelf } from "../../collection.ts";
import { type Answer, type Request, type Route } from "../http.ts";
import { openSignIn, provesClient, refused, type SignIn, type SignInOptions } from "../sign-in.ts";
import { problemWithAssertion } from "./jwt.ts";
import { INTEGRATION_USER, ORGANISATION } from "./people.ts";

export const AUTHORIZE_PATH = "/services/oauth2/authorize";
export const TOKEN_PATH = "/services/oauth2/token";
const REVOKE_PATH = "/services/oauth2/revoke";
export const CLIENT_ID = "3MVG9simulatedTielineConsumerKey0000000000000000000000000000000000000";
export const CLIENT_SECRET = "51MULA7ED5ECRET00000000000000000000000000000000000000000000000000";
/** What an app may be given; a request that names none gets all of them. */
export const SCOPES = ["api", "refresh_token", "offline_access", "full", "id", "profile", "email", "openid", "web"]; // prettier-ignore

const client = { client: "either", client_id: CLIENT_ID, client_secret: CLIENT_SECRET } as const;

export type ConnectedApp = {
  signIn: SignIn;
  routes: Route[];
  /** The scopes of a token that works now. */
  scopesOf(token: string): { scopes: readonly string[]; ends: number | null } | "expired" | "unknown"; // prettier-ignore
  /** A token that lasts, for who pastes one; another after everything was revoked. */
  lasting(): string;
  revokeAll(): void;
  /** Each renewal brings another refresh token, and the one before is dead at once; off at first. */
  rotates: boolean;
  /**
   * Where the organisation lives, for whoever reached it at `origin`: there, or after it was moved
   * under the other name of this machine, where alone its sessions are good then.
   */
  instanceUrl(origin: string): string;
  moved: boolean;
  /** The public key of the JWT bearer flow, in PEM; throws an Error where it is none. */
  register(certificate: unknown): void;
};

/** The app through which connections sign in: web server flow, JWT bearer, client credentials. */
export function openConnectedApp(shelf: Shelf): ConnectedApp {
  const kept = shelf.collection<string>("connected_app");
  const state = { rotates: false, moved: false };
  const instanceUrl = (origin: string): string =>
    state.moved ? origin.replace("//127.0.0.1", "//localhost") : origin;
  const lasting = (): string => {
    const known = kept.get("lasting");
    if (known !== undefined) return known;
    const fresh = makeToken();
    kept.set("lasting", fresh);
    return fresh;
  };

  const options: SignInOptions = {
    title: "Salesforce",
    authorize: AUTHORIZE_PATH,
    token: TOKEN_PATH,
    revoke: REVOKE_PATH,
    ...client,
    pkce: "accepted",
    body: "form",
    scopes: SCOPES,
    get rotates() {
      return state.rotates;
    },
    accessSeconds: null,
    offline: (query) =>
      !query.has("scope") || /\b(refresh_token|offline_access)\b/.test(query.get("scope") ?? ""),
    besides: ({ origin }, scopes) => grantedBesides(instanceUrl(origin), scopes),
    makeToken,
    grants: {
      client_credentials: (form, request) =>
        provesClient(request, form, client)
          ? SCOPES.filter((scope) => scope !== "refresh_token" && scope !== "offline_access")
          : invalidClient(),
      "urn:ietf:params:oauth:grant-type:jwt-bearer": (form, { origin }) =>
        problemWithAssertion(
          form.get("assertion") ?? "",
          CLIENT_ID,
          kept.get("certificate") ?? null,
          origin,
        ) ?? ["api", "web"],
    },
  };
  const signIn = openSignIn(shelf, options);

  return {
    signIn,
    routes: signIn.routes.flatMap((route) => asSalesforce(route, signIn)),
    scopesOf(token) {
      if (token === lasting()) return { scopes: SCOPES, ends: null };
      const standing = signIn.standing(token);
      if (typeof standing === "string") return standing;
      const { scopes, ends } = standing;
      return { scopes: scopes.length === 0 ? SCOPES : scopes, ends };
    },
    lasting,
    revokeAll() {
      signIn.revokeAll();
      kept.delete("lasting");
    },
    get rotates() {
      return state.rotates;
    },
    set rotates(on) {
      state.rotates = on;
    },
    instanceUrl,
    get moved() {
      return state.moved;
    },
    set moved(on) {
      state.moved = on;
    },
    register(certificate) {
      if (typeof certificate !== "string") throw new Error("It is a certificate or key in PEM.");
      createPublicKey(certificate);
      kept.set("certificate", certificate);
    },
  };
}

const makeToken = (): string =>
  `${ORGANISATION.slice(0, 15)}!AQ0AQ${randomBytes(60).toString("base64url").replaceAll("-", ".")}`;

/** No `expires_in`: how long a session lasts is the organisation's setting. */
function grantedBesides(origin: string, scopes: readonly string[]): Record<string, string> {
  const id = `${origin}/id/${ORGANISATION}/${INTEGRATION_USER}`;
  const issued_at = String(Date.now());
  return {
    token_type: "Bearer",
    instance_url: origin,
    id,
    issued_at,
    signature: createHmac("sha256", CLIENT_SECRET)
      .update(id + issued_at)
      .digest("base64"),
    scope: (scopes.length === 0 ? SCOPES : scopes).join(" "),
  };
}

export const invalidClient = (): Answer =>
  refused(400, "invalid_client", "invalid client credentials");

/** What is asked as Salesforce lets one ask, and refused in its words. */
function asSalesforce(route: Route, signIn: SignIn): Route[] {
  switch (route.path) {
    case AUTHORIZE_PATH:
      return [{ ...route, handle: (request) => route.handle(withMethod(request)) }];
    case TOKEN_PATH:
      return [{ ...route, handle: async (request) => reworded(await route.handle(request)) }];
    default: {
      const revoke = (request: Request) => {
        const token = new URLSearchParams(request.body).get("token") ?? request.query.get("token");
        const known =
          token !== null &&
          (signIn.standing(token) !== "unknown" || signIn.refreshable(token) !== undefined);
        if (!known) return refused(400, "invalid_token", `invalid token: ${token ?? ""}`);
        const headers = { ...request.headers, "content-type": "application/x-www-form-urlencoded" };
        const body = new URLSearchParams({ token }).toString();
        return route.handle({ ...request, headers, body });
      };
      return ["GET", "POST"].map((method) => ({ ...route, method, handle: revoke }));
    }
  }
}

/** A challenge is always one by SHA-256, whether that is said or not. */
function withMethod(request: Request): Request {
  const query = new URLSearchParams(request.query);
  if (query.has("code_challenge") && !query.has("code_challenge_method"))
    query.set("code_challenge_method", "S256");
  return { ...request, query };
}

const WORDS: Record<string, string> = {
  "The code is wrong, used, or for another redirect_uri.": "expired authorization code",
  "The code_verifier does not fit the code_challenge.": "invalid code verifier",
  "The refresh token is invalid or revoked.": "expired access/refresh token",
};

function reworded(answer: Answer): Answer {
  if (answer.status < 400) return answer;
  const { error, error_description: said } = JSON.parse(answer.body.toString()) as {
    error: string;
    error_description: string;
  };
  if (error === "invalid_client") return invalidClient();
  if (error === "unsupported_grant_type") return refused(400, error, "grant type not supported");
  return refused(answer.status, error, WORDS[said] ?? said);
}
