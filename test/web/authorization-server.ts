import { createHash, randomBytes } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

export type Variant = {
  client: "basic" | "body";
  as: "form" | "json";
  pkce: boolean;
  rotates: boolean;
  separator: " " | ",";
  /** A renewal has to name the redirect address too. */
  repeatRedirect: boolean;
  /** Without this in the request for consent there is no refresh token. */
  offline: Record<string, string>;
  /** Seconds; null says nothing. */
  expiresIn: number | null;
  /** Tokens are JWTs that say themselves when they end. */
  jwt: boolean;
  /** More in the answer with a token, and beside the code. */
  answer: (url: string) => Record<string, unknown>;
  callback: Record<string, string>;
};

type Code = { redirect: string; challenge: string | null; refresh: boolean };

export const client = { id: "client 1", secret: "secret:&+" };

/**
 * An authorization server and a tool behind it, as strict as RFC 6749 and RFC 7636 let it be. Whoever
 * comes to its page consents at once.
 */
export async function authorizationServer(variant: Variant) {
  const codes = new Map<string, Code>();
  const access = new Map<string, number>();
  const state = {
    refresh: new Map<string, string>(),
    refusals: [] as string[],
    revoked: [] as string[],
  };

  const server = createServer((request, response) => {
    void answer(request, response).catch((error: unknown) => {
      state.refusals.push(String(error));
      response.writeHead(400, { "content-type": "application/json" });
      response.end(JSON.stringify({ error: error instanceof Refused ? error.message : "server" }));
    });
  });
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  const url = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname, searchParams } = new URL(request.url ?? "/", url);
    if (pathname === "/authorize") return consent(searchParams, response);
    if (pathname === "/token") return json(response, token(request, await bodyOf(request)));
    if (pathname === "/revoke") {
      state.revoked.push((await bodyOf(request))["token"] ?? "");
      return json(response, {});
    }
    const bearer = request.headers.authorization?.replace("Bearer ", "") ?? "";
    const good = (access.get(bearer) ?? 0) > Date.now();
    if (!good) return void response.writeHead(401).end();
    return json(response, pathname === "/me" ? { name: "Harbour & Sons" } : { items: [] });
  }

  function consent(query: URLSearchParams, response: ServerResponse): void {
    const challenge = query.get("code_challenge");
    demand(query.get("response_type") === "code", "unsupported_response_type");
    demand(query.get("client_id") === client.id, "unauthorized_client");
    demand(query.get("scope") === ["read", "write"].join(variant.separator), "invalid_scope");
    demand((challenge !== null) === variant.pkce, "invalid_request");
    demand(!variant.pkce || query.get("code_challenge_method") === "S256", "invalid_request");
    const redirect = query.get("redirect_uri") ?? "";
    const refresh = Object.entries(variant.offline).every(
      ([name, value]) => query.get(name) === value,
    );
    const code = random();
    codes.set(code, { redirect, challenge, refresh });
    const back = new URL(redirect);
    const state = query.get("state") ?? "";
    for (const [name, value] of Object.entries({ code, state, ...variant.callback }))
      back.searchParams.set(name, value);
    response.writeHead(302, { location: back.href }).end();
  }

  function token(request: IncomingMessage, values: Record<string, string>) {
    proveClient(request, values);
    if (values["grant_type"] === "refresh_token") return renew(values);
    demand(values["grant_type"] === "authorization_code", "unsupported_grant_type");
    const code = codes.get(values["code"] ?? "");
    codes.delete(values["code"] ?? "");
    demand(code?.redirect === values["redirect_uri"], "invalid_grant");
    const verifier = values["code_verifier"] ?? "";
    const challenge = createHash("sha256").update(verifier).digest("base64url");
    demand(variant.pkce ? code?.challenge === challenge : verifier === "", "invalid_grant");
    return issue(code?.refresh === true ? random() : null, values["redirect_uri"] ?? "");
  }

  function renew(values: Record<string, string>) {
    const given = values["refresh_token"] ?? "";
    const redirect = state.refresh.get(given);
    demand(redirect !== undefined, "invalid_grant");
    demand(!variant.repeatRedirect || values["redirect_uri"] === redirect, "invalid_request");
    if (variant.rotates) state.refresh.delete(given);
    return issue(variant.rotates ? random() : null, redirect ?? "");
  }

  function issue(refresh: string | null, redirect: string) {
    if (refresh !== null) state.refresh.set(refresh, redirect);
    const seconds = variant.expiresIn ?? 3600;
    const claims = { exp: Math.floor(Date.now() / 1000) + seconds, jti: random() };
    const body = Buffer.from(JSON.stringify(claims)).toString("base64url");
    const token = variant.jwt ? `e30.${body}.${random()}` : random();
    access.set(token, Date.now() + seconds * 1000);
    return {
      access_token: token,
      token_type: "Bearer",
      scope: ["read", "write"].join(variant.separator),
      ...(variant.expiresIn === null || variant.jwt ? {} : { expires_in: seconds }),
      ...(refresh === null ? {} : { refresh_token: refresh }),
      ...variant.answer(url),
    };
  }

  function proveClient({ headers }: IncomingMessage, values: Record<string, string>): void {
    const encoded = [client.id, client.secret].map((part) =>
      new URLSearchParams({ t: part }).toString().slice(2),
    );
    const basic = `Basic ${btoa(encoded.join(":"))}`;
    const byBody = values["client_id"] === client.id && values["client_secret"] === client.secret;
    const proven =
      variant.client === "basic"
        ? headers.authorization === basic && values["client_secret"] === undefined
        : byBody && headers.authorization === undefined;
    demand(proven, "invalid_client");
  }

  async function bodyOf(request: IncomingMessage): Promise<Record<string, string>> {
    let text = "";
    for await (const chunk of request as AsyncIterable<Buffer>) text += chunk.toString();
    const wanted = variant.as === "json" ? "application/json" : "application/x-www-form-urlencoded";
    demand(
      request.method === "POST" && request.headers["content-type"] === wanted,
      "invalid_request",
    );
    return variant.as === "json"
      ? (JSON.parse(text) as Record<string, string>)
      : Object.fromEntries(new URLSearchParams(text));
  }

  return {
    url,
    ...state,
    /** Ends every access token, as time does. */
    expireAll: () => access.clear(),
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise<void>((done) => server.close(() => done()));
    },
  };
}

class Refused extends Error {}

function demand(met: boolean, error: string): void {
  if (!met) throw new Refused(error);
}

const random = (): string => randomBytes(16).toString("base64url");
const json = (response: ServerResponse, value: unknown): void =>
  void response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(value));
