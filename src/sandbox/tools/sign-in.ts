import { createHash, randomBytes } from "node:crypto";
import type { Shelf } from "../collection.ts";
import { consentPage, notConnected } from "./consent-page.ts";
import { type Answer, json, type Request, type Route } from "./http.ts";

/** How a tool lets apps sign in with OAuth 2, as its own documentation says. */
export type SignInOptions = {
  /** "QuickBooks", for the page where a person consents. */
  title: string;
  authorize: string;
  token: string;
  revoke?: string;
  client_id: string;
  client_secret: string;
  /** How the client proves who it is at the token endpoint. */
  client: "basic" | "body" | "either";
  pkce: "required" | "accepted";
  /** How the token endpoint takes its parameters. */
  body: "form" | "json" | "either";
  /** What may be asked for; empty where the tool knows no scopes. */
  scopes: readonly string[];
  /** What stands between scopes in a request. */
  separator?: " " | ",";
  /** Each renewal replaces the refresh token, and the one before dies at once. */
  rotates: boolean;
  /** A renewal also ends the access token that came with the refresh token. */
  endsAccess?: true;
  /** A renewal names the redirect_uri again, the one of the sign-in it renews. */
  redirectOnRefresh?: true;
  /** Only one refresh token is alive for a user and an app: a new sign-in ends the ones before. */
  oneAlive?: true;
  /** How long a code may be redeemed; ten minutes, the most that OAuth 2 allows, unless said. */
  codeSeconds?: number;
  /** How long an access token lasts; null where the tool does not say and it ends by itself later. */
  accessSeconds: number | null;
  /** Whether this request for consent leads to a refresh token; always unless said. */
  offline?(query: URLSearchParams): boolean;
  /** What else the answer with a token holds. */
  besides?(request: Request, scopes: readonly string[]): Record<string, unknown>;
  /** What else comes back with the code, such as QuickBooks' realmId. */
  callback?: Record<string, string>;
  makeToken?(): string;
  /** Further grants, by `grant_type`: the scopes granted, or the answer that refuses. */
  grants?: Record<string, (form: URLSearchParams, request: Request) => readonly string[] | Answer>;
};

export type SignIn = {
  routes: Route[];
  /** What this access token may do and until when, in ms; why not where it may do nothing. */
  standing(token: string): { scopes: readonly string[]; ends: number } | "expired" | "unknown";
  /** What this refresh token would bring; undefined where it is none. */
  refreshable(token: string): readonly string[] | undefined;
  /** A refresh token that works now. */
  refresh(): string;
  /** Ends every access and refresh token, as a person does who removes the app. */
  revokeAll(): void;
  /** Of access tokens issued from now on, in milliseconds. */
  lifetimeMs: number;
};

/** `from` is the refresh token it belongs to, if any. */
type Access = { ends: number; scopes: readonly string[]; from?: string | null };
/** `access` is the token that came with it. */
type Refresh = { scopes: readonly string[]; redirect?: string; access?: string };
type Code = {
  ends: number;
  redirect: string;
  challenge: string | null;
  scopes: readonly string[];
  refresh: boolean;
};

const LIKELY_MS = 7_200_000;
const CODE_SECONDS = 600;

/** A tool's authorization server: consent page, codes bound to redirect and challenge, tokens. */
export function openSignIn(shelf: Shelf, options: SignInOptions): SignIn {
  const access = shelf.collection<Access>("sign_in_access");
  const refreshes = shelf.collection<Refresh>("sign_in_refresh");
  const codes = new Map<string, Code>();
  const separator = options.separator ?? " ";

  const self: SignIn = {
    lifetimeMs: options.accessSeconds === null ? LIKELY_MS : options.accessSeconds * 1000,
    standing(token) {
      const known = access.get(token);
      if (known === undefined) return "unknown";
      return known.ends > Date.now() ? known : "expired";
    },
    refreshable: (token) => refreshes.get(token)?.scopes,
    refresh() {
      const [newest] = [...refreshes.entries()].at(-1) ?? [];
      return newest ?? issueRefresh({ scopes: options.scopes });
    },
    revokeAll() {
      for (const [token] of [...access.entries()]) access.delete(token);
      endRefreshes();
    },
    routes: [
      { method: "GET", path: options.authorize, handle: consent },
      { method: "POST", path: options.token, handle: exchange },
      ...(options.revoke === undefined
        ? []
        : [{ method: "POST", path: options.revoke, handle: revoke }]),
    ],
  };

  function endRefreshes(): void {
    for (const [token] of [...refreshes.entries()]) refreshes.delete(token);
  }

  function issueRefresh(of: Refresh): string {
    const token = `refresh-${randomBytes(24).toString("base64url")}`;
    refreshes.set(token, of);
    return token;
  }

  function issue(
    request: Request,
    scopes: readonly string[],
    refresh: string | null,
    from = refresh,
  ): Answer {
    const token = options.makeToken?.() ?? `access-${randomBytes(24).toString("base64url")}`;
    access.set(token, { ends: Date.now() + self.lifetimeMs, scopes, from });
    if (refresh !== null)
      refreshes.set(refresh, { ...(refreshes.get(refresh) ?? { scopes }), access: token });
    return json(
      200,
      {
        access_token: token,
        token_type: "bearer",
        ...(options.accessSeconds === null
          ? {}
          : { expires_in: Math.floor(self.lifetimeMs / 1000) }),
        ...(refresh === null ? {} : { refresh_token: refresh }),
        ...(scopes.length === 0 ? {} : { scope: scopes.join(separator) }),
        ...options.besides?.(request, scopes),
      },
      { "cache-control": "no-store" },
    );
  }

  function exchange(request: Request): Answer {
    const form = parametersOf(request, options.body);
    if (form === null) return refused(400, "invalid_request", "The body cannot be read.");
    const grant = form.get("grant_type") ?? "";
    const further = options.grants?.[grant];
    if (further !== undefined) {
      const scopes = further(form, request);
      return "status" in scopes ? scopes : issue(request, scopes, null);
    }
    if (!provesClient(request, form, options))
      return refused(401, "invalid_client", "The client is not known.");
    if (grant === "authorization_code") return redeem(request, form);
    if (grant === "refresh_token") return renew(request, form);
    return refused(400, "unsupported_grant_type", `${grant} is not supported.`);
  }

  function redeem(request: Request, form: URLSearchParams): Answer {
    const name = form.get("code") ?? "";
    const code = codes.get(name);
    codes.delete(name);
    if (
      code === undefined ||
      code.ends <= Date.now() ||
      code.redirect !== form.get("redirect_uri")
    )
      return refused(400, "invalid_grant", "The code is wrong, used, old, or for another redirect_uri."); // prettier-ignore
    if (code.challenge !== null && code.challenge !== challengeOf(form.get("code_verifier") ?? ""))
      return refused(400, "invalid_grant", "The code_verifier does not fit the code_challenge.");
    if (options.oneAlive === true) endRefreshes();
    return issue(
      request,
      code.scopes,
      code.refresh ? issueRefresh({ scopes: code.scopes, redirect: code.redirect }) : null,
    );
  }

  function renew(request: Request, form: URLSearchParams): Answer {
    const token = form.get("refresh_token") ?? "";
    const known = refreshes.get(token);
    if (known === undefined)
      return refused(400, "invalid_grant", "The refresh token is invalid or revoked.");
    const redirect = form.get("redirect_uri");
    if (options.redirectOnRefresh === true && (known.redirect ?? redirect ?? "none") !== redirect)
      return refused(400, "invalid_grant", "The redirect_uri is missing, or another one.");
    if (!options.rotates) return issue(request, known.scopes, null, token);
    refreshes.delete(token);
    if (options.endsAccess === true) access.delete(known.access ?? "");
    return issue(request, known.scopes, issueRefresh(known));
  }

  function revoke(request: Request): Answer {
    const form = parametersOf(request, "either") ?? new URLSearchParams();
    const token = form.get("token") ?? "";
    access.delete(token);
    refreshes.delete(token);
    // RFC 7009, 2.1: with a refresh token go the access tokens that came from it.
    for (const [name, { from }] of [...access.entries()]) if (from === token) access.delete(name);
    return json(200, {});
  }

  function consent({ query }: Request): Answer {
    const problem = problemWith(query, options);
    if (problem !== null) return notConnected(problem);
    const challenge = query.get("code_challenge");
    const scopes = scopesIn(query, separator);
    const code = randomBytes(18).toString("base64url");
    codes.set(code, {
      ends: Date.now() + (options.codeSeconds ?? CODE_SECONDS) * 1000,
      redirect: query.get("redirect_uri") ?? "",
      challenge,
      scopes,
      refresh: options.offline?.(query) ?? true,
    });
    const state = query.get("state");
    const href = (values: Record<string, string>): string => {
      const url = new URL(query.get("redirect_uri") ?? "");
      for (const [name, value] of Object.entries(values)) url.searchParams.set(name, value);
      if (state !== null) url.searchParams.set("state", state);
      return url.href;
    };
    return consentPage(options.title, scopes, {
      allow: href({ code, ...options.callback }),
      deny: href({ error: "access_denied" }),
    });
  }

  return self;
}

const scopesIn = (query: URLSearchParams, separator: string): readonly string[] =>
  (query.get("scope") ?? "").split(separator).filter((scope) => scope !== "");

/** What is wrong with a request for consent; null where nothing is. */
function problemWith(query: URLSearchParams, options: SignInOptions): string | null {
  const back = URL.parse(query.get("redirect_uri") ?? "");
  const challenge = query.get("code_challenge");
  const strange = scopesIn(query, options.separator ?? " ").find(
    (scope) => options.scopes.length > 0 && !options.scopes.includes(scope),
  );
  const rules: [broken: boolean, problem: string][] = [
    [query.get("client_id") !== options.client_id, "client_id is not known"],
    [!/^https?:$/.test(back?.protocol ?? ""), "redirect_uri is no web address"],
    [query.get("response_type") !== "code", "response_type has to be code"],
    [challenge === null && options.pkce === "required", "code_challenge is missing"],
    [
      challenge !== null && query.get("code_challenge_method") !== "S256",
      "code_challenge_method has to be S256",
    ],
    [strange !== undefined, `the scope ${strange ?? ""} is not known`],
  ];
  return rules.find(([broken]) => broken)?.[1] ?? null;
}

const challengeOf = (verifier: string): string =>
  createHash("sha256").update(verifier).digest("base64url");

export const refused = (status: number, error: string, description: string): Answer =>
  json(status, { error, error_description: description }, { "cache-control": "no-store" });

/** Whether a request carries the client's id and secret, in the way the tool takes them. */
export function provesClient(
  request: Request,
  form: URLSearchParams,
  options: Pick<SignInOptions, "client" | "client_id" | "client_secret">,
): boolean {
  const { client_id, client_secret, client } = options;
  const basic = `Basic ${Buffer.from(`${client_id}:${client_secret}`).toString("base64")}`;
  const byHeader = request.headers.authorization === basic;
  const byBody = form.get("client_id") === client_id && form.get("client_secret") === client_secret;
  return (client !== "body" && byHeader) || (client !== "basic" && byBody);
}

function parametersOf(request: Request, body: SignInOptions["body"]): URLSearchParams | null {
  const type = request.headers["content-type"] ?? "";
  if (type.startsWith("application/json") && body !== "form") {
    try {
      const value = JSON.parse(request.body) as Record<string, unknown>;
      return new URLSearchParams(
        Object.entries(value).map(([name, one]): [string, string] => [name, String(one)]),
      );
    } catch {
      return null;
    }
  }
  if (type.startsWith("application/x-www-form-urlencoded") && body !== "json")
    return new URLSearchParams(request.body);
  return null;
}
