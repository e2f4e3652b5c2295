import { createHash, createSign, generateKeyPairSync } from "node:crypto";
import { expect, test } from "vitest";
import { INTEGRATION_USERNAME } from "#sandbox/tools/salesforce/people.ts";
import { type Salesforce, salesforce } from "./salesforce-client.ts";

type Grant = { access_token: string; refresh_token?: string; error?: string } & Record<string, string>; // prettier-ignore
const BACK = "http://127.0.0.1:3000/oauth/callback";

async function token(org: Salesforce, form: Record<string, string>) {
  const body = new URLSearchParams(form);
  const response = await fetch(org.oauth?.token ?? "", { method: "POST", body });
  return { status: response.status, body: (await response.json()) as Grant };
}

const client = ({ oauth }: Salesforce) => ({
  client_id: oauth?.client_id ?? "",
  client_secret: oauth?.client_secret ?? "",
});

/** Consents in the browser, and brings the code back. */
async function codeFor(org: Salesforce, more: Record<string, string>): Promise<string> {
  const { client_id } = client(org);
  const query = new URLSearchParams({ response_type: "code", client_id, redirect_uri: BACK, state: "s1", ...more }); // prettier-ignore
  const page = await fetch(`${org.oauth?.authorize ?? ""}?${query.toString()}`);
  expect(page.status).toBe(200);
  const href = /id="allow" href="([^"]+)"/.exec(await page.text())?.[1]?.replaceAll("&amp;", "&");
  const back = new URL(href ?? "").searchParams;
  expect(back.get("state")).toBe("s1");
  return back.get("code") ?? "";
}

const works = async (org: Salesforce, access: string) =>
  (await org.send("GET", "/limits", undefined, { authorization: `Bearer ${access}` })).status;

test("the web server flow with PKCE: no expires_in, the instance, the identity", async () => {
  await using org = await salesforce({ seed: 0 });
  const code_verifier = "v".repeat(64);
  const code_challenge = createHash("sha256").update(code_verifier).digest("base64url");
  const ask = async (verifier: string) => {
    // Salesforce knows one method, and does not need to be told.
    const code = await codeFor(org, { code_challenge, scope: "api refresh_token" });
    return token(org, { grant_type: "authorization_code", code, redirect_uri: BACK, code_verifier: verifier, ...client(org) }); // prettier-ignore
  };
  expect(await ask("w")).toMatchObject({ status: 400, body: { error: "invalid_grant", error_description: "invalid code verifier" } }); // prettier-ignore
  const { status, body } = await ask(code_verifier);
  expect(status).toBe(200);
  expect(body).toMatchObject({ token_type: "Bearer", instance_url: org.base_url, scope: "api refresh_token" }); // prettier-ignore
  expect(body).not.toHaveProperty("expires_in");
  expect(body["id"]).toMatch(/\/id\/00D\w{15}\/005\w{15}$/);
  expect(body["issued_at"]).toMatch(/^\d{13}$/);
  expect(await works(org, body.access_token)).toBe(200);

  const identity = await fetch(`${body["id"] ?? ""}?oauth_token=${encodeURIComponent(body.access_token)}`); // prettier-ignore
  expect(await identity.json()).toMatchObject({ username: INTEGRATION_USERNAME });
});

test("a renewal keeps the refresh token, unless the organisation has them rotate", async () => {
  await using org = await salesforce({ seed: 0 });
  const first = org.oauth?.refresh_token ?? "";
  const renew = (refresh_token: string) => token(org, { grant_type: "refresh_token", refresh_token, ...client(org) }); // prettier-ignore
  const kept = await renew(first);
  expect(kept.body).not.toHaveProperty("refresh_token");
  expect(await works(org, kept.body.access_token)).toBe(200);
  await org.control("/_config", { rotate_refresh_tokens: true });
  const rotated = await renew(first);
  expect(rotated.body.refresh_token).not.toBe(first);
  expect(await renew(first)).toMatchObject({ status: 400, body: { error: "invalid_grant", error_description: "expired access/refresh token" } }); // prettier-ignore
});

test("a session ends by itself, and is refused like one there never was", async () => {
  await using org = await salesforce({ seed: 0 });
  await org.control("/_config", { access_token_ms: 0 });
  const { body } = await token(org, { grant_type: "refresh_token", refresh_token: org.oauth?.refresh_token ?? "", ...client(org) }); // prettier-ignore
  for (const access of [body.access_token, "00Dnobody"]) {
    const refused = await org.send("GET", "/limits", undefined, { authorization: `Bearer ${access}` }); // prettier-ignore
    expect(refused).toMatchObject({ status: 401, body: [{ message: "Session expired or invalid", errorCode: "INVALID_SESSION_ID" }] }); // prettier-ignore
  }
});

test("client credentials, by body or Basic, and a wrong secret", async () => {
  await using org = await salesforce({ seed: 0 });
  const { body } = await token(org, { grant_type: "client_credentials", ...client(org) });
  expect(body).not.toHaveProperty("refresh_token");
  expect(await works(org, body.access_token)).toBe(200);
  const { client_id, client_secret } = client(org);
  const basic = await fetch(org.oauth?.token ?? "", {
    method: "POST",
    headers: { authorization: `Basic ${btoa(`${client_id}:${client_secret}`)}` },
    body: new URLSearchParams({ grant_type: "client_credentials" }),
  });
  expect(basic.status).toBe(200);
  expect(await token(org, { grant_type: "client_credentials", client_id, client_secret: "x" })).toMatchObject({ status: 400, body: { error: "invalid_client", error_description: "invalid client credentials" } }); // prettier-ignore
  expect(await token(org, { grant_type: "password", ...client(org) })).toMatchObject({ status: 400, body: { error: "unsupported_grant_type" } }); // prettier-ignore
});

test("a JWT signed with the key that was registered is a session for its user", async () => {
  await using org = await salesforce({ seed: 0 });
  const { publicKey, privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const assertion = (claims: object) => {
    const part = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
    const exp = Math.floor(Date.now() / 1000) + 120;
    const text = `${part({ alg: "RS256" })}.${part({ iss: org.oauth?.client_id, sub: INTEGRATION_USERNAME, aud: "https://login.salesforce.com", exp, ...claims })}`; // prettier-ignore
    return `${text}.${createSign("RSA-SHA256").update(text).sign(privateKey, "base64url")}`;
  };
  const ask = (claims: object) => token(org, { grant_type: "urn:ietf:params:oauth:grant-type:jwt-bearer", assertion: assertion(claims) }); // prettier-ignore
  expect((await ask({})).body).toMatchObject({ error: "invalid_grant" });
  const certificate = publicKey.export({ type: "spki", format: "pem" });
  expect((await org.control("/_config", { certificate })).status).toBe(200);
  const { status, body } = await ask({});
  expect(status).toBe(200);
  expect(body).not.toHaveProperty("refresh_token");
  expect(await works(org, body.access_token)).toBe(200);
  expect((await ask({ aud: org.base_url })).status).toBe(200);
  for (const wrong of [
    { aud: "https://example.com" },
    { sub: "nobody@example.com" },
    { iss: "x" },
    { exp: 1 },
  ])
    // prettier-ignore
    expect((await ask(wrong)).status, JSON.stringify(wrong)).toBe(400);
  expect((await org.control("/_config", { certificate: "no key" })).status).toBe(400);
});

test("a token without the scope api may not use the interface, and signing in again is no help", async () => {
  await using org = await salesforce({ seed: 0 });
  const code = await codeFor(org, { scope: "openid" });
  const { body } = await token(org, { grant_type: "authorization_code", code, redirect_uri: BACK, ...client(org) }); // prettier-ignore
  expect(body).not.toHaveProperty("refresh_token");
  const refused = await org.send("GET", "/limits", undefined, { authorization: `Bearer ${body.access_token}` }); // prettier-ignore
  expect(refused).toMatchObject({ status: 401, body: [{ message: "This session is not valid for use with the REST API" }] }); // prettier-ignore
});

test("userinfo, introspection and revocation", async () => {
  await using org = await salesforce({ seed: 0 });
  const me = await org.send("GET", "/services/oauth2/userinfo");
  expect(me.body).toMatchObject({ preferred_username: INTEGRATION_USERNAME, organization_id: expect.stringMatching(/^00D/) as string }); // prettier-ignore
  const nobody = await org.send("GET", "/services/oauth2/userinfo", undefined, { authorization: "Bearer x" }); // prettier-ignore
  expect(nobody).toMatchObject({ status: 403, body: "Bad_OAuth_Token" });

  const post = (path: string, form: Record<string, string>) => fetch(`${org.base_url}/services/oauth2/${path}`, { method: "POST", body: new URLSearchParams(form) }); // prettier-ignore
  const refresh_token = org.oauth?.refresh_token ?? "";
  const { body } = await token(org, { grant_type: "refresh_token", refresh_token, ...client(org) });
  const introspect = async () => (await post("introspect", { token: body.access_token, token_type_hint: "access_token", ...client(org) })).json(); // prettier-ignore
  expect(await introspect()).toMatchObject({ active: true, username: INTEGRATION_USERNAME, client_id: org.oauth?.client_id, exp: expect.any(Number) as number }); // prettier-ignore
  expect((await post("introspect", { token: body.access_token })).status).toBe(401);

  // With a refresh token go the sessions that came from it.
  expect((await post("revoke", { token: refresh_token })).status).toBe(200);
  expect(await introspect()).toEqual({ active: false });
  expect(await works(org, body.access_token)).toBe(401);
  expect((await post("revoke", { token: refresh_token })).status).toBe(400);

  const lasting = org.credential["token"] ?? "";
  await org.control("/_config", { revoke: true });
  expect(await works(org, lasting)).toBe(401);
  expect(await works(org, org.credential["token"] ?? "")).toBe(200);
});

test("after a move the old address is no good, and a renewal tells the new one", async () => {
  await using org = await salesforce({ seed: 0 });
  const renew = () => token(org, { grant_type: "refresh_token", refresh_token: org.oauth?.refresh_token ?? "", ...client(org) }); // prettier-ignore
  const { body: before } = await renew();
  await org.control("/_config", { moved: true });
  expect(await works(org, before.access_token)).toBe(401);
  const { body } = await renew();
  expect(body["instance_url"]).toBe(org.base_url.replace("127.0.0.1", "localhost"));
  const headers = { authorization: `Bearer ${body.access_token}` };
  const moved = await fetch(`${body["instance_url"] ?? ""}/services/data/v68.0/limits`, {
    headers,
  });
  expect(moved.status).toBe(200);
});

test("an edition without the interface says so", async () => {
  await using org = await salesforce({ seed: 0 });
  await org.control("/_config", { api: false });
  expect(await org.send("GET", "/limits")).toMatchObject({ status: 403, body: [{ errorCode: "API_DISABLED_FOR_ORG" }] }); // prettier-ignore
});
