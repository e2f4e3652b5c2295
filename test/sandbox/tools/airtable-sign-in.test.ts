import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { airtable, type AirtableBase } from "./airtable-base.ts";

type Grant = { access_token: string; refresh_token: string; error: string };

const redirect_uri = "http://127.0.0.1:3000/oauth/callback";
const verifier = "v".repeat(43);
const code_challenge = createHash("sha256").update(verifier).digest("base64url");

async function consent(base: AirtableBase, query: Record<string, string>) {
  const url = new URL(base.oauth?.authorize ?? "");
  const { client_id = "" } = base.oauth ?? {};
  const asked = { client_id, redirect_uri, response_type: "code", state: "s1", ...query };
  for (const [name, value] of Object.entries(asked)) url.searchParams.set(name, value);
  const response = await fetch(url);
  const href = /id="allow" href="([^"]+)"/.exec(await response.text())?.[1] ?? "http://none/";
  const back = new URL(href.replaceAll("&amp;", "&")).searchParams;
  return { status: response.status, code: back.get("code") ?? "" };
}

async function token(base: AirtableBase, form: Record<string, string>) {
  const { client_id = "", client_secret = "" } = base.oauth ?? {};
  const response = await fetch(base.oauth?.token ?? "", {
    method: "POST",
    headers: { authorization: `Basic ${btoa(`${client_id}:${client_secret}`)}` },
    body: new URLSearchParams(form),
  });
  return { status: response.status, body: (await response.json()) as Grant };
}

const renew = (base: AirtableBase, refresh_token: string) =>
  token(base, { grant_type: "refresh_token", refresh_token });

async function signedIn(base: AirtableBase, scope: string) {
  const { code } = await consent(base, { scope, code_challenge, code_challenge_method: "S256" });
  return token(base, { grant_type: "authorization_code", code, redirect_uri, code_verifier: verifier }); // prettier-ignore
}

test("a personal token reads who it is of, but not what it may do", async () => {
  await using base = await airtable({ seed: 0 });
  const me = await base.get<object>("//meta/whoami");
  expect(Object.keys(me.body)).toEqual(["id"]);
  expect((await base.get("//meta/bases")).body).toMatchObject({ bases: [{ id: base.id, permissionLevel: "create" }] }); // prettier-ignore
});

test("a token that is wrong, and none, are the same 401", async () => {
  await using base = await airtable({ seed: 0 });
  const body = { error: { type: "AUTHENTICATION_REQUIRED", message: "Authentication required" } };
  expect(await base.get("/Customers", "patWrong")).toMatchObject({ status: 401, body });
  const bare = await fetch(`${base.base_url}/v0/meta/whoami`);
  expect([bare.status, await bare.json()]).toEqual([401, body]);
});

test("an app signs in with PKCE and may do what it was allowed, and no more", async () => {
  await using base = await airtable({ seed: 1 });
  expect((await consent(base, { scope: "data.records:read" })).status).toBe(400);
  expect((await consent(base, { scope: "data.records:all", code_challenge, code_challenge_method: "S256" })).status).toBe(400); // prettier-ignore

  const { body } = await signedIn(base, "data.records:read user.email:read");
  expect(body).toMatchObject({ token_type: "Bearer", expires_in: 3600, refresh_expires_in: 5_184_000, scope: "data.records:read user.email:read" }); // prettier-ignore
  const me = await base.get("//meta/whoami", body.access_token);
  expect(me.body).toMatchObject({ scopes: ["data.records:read", "user.email:read"], email: "olivia@harbour-and-sons.example" }); // prettier-ignore
  expect((await base.get("/Customers", body.access_token)).status).toBe(200);
  const schema = await base.get(`//meta/bases/${base.id}/tables`, body.access_token);
  expect(schema).toMatchObject({ status: 403, body: { error: { type: "INVALID_PERMISSIONS_OR_MODEL_NOT_FOUND" } } }); // prettier-ignore
  const written = await fetch(`${base.base_url}/v0/${base.id}/Customers`, {
    method: "POST",
    headers: { authorization: `Bearer ${body.access_token}`, "content-type": "application/json" },
    body: '{"fields":{}}',
  });
  expect(written.status).toBe(403);
});

test("a wrong verifier gets no token", async () => {
  await using base = await airtable({ seed: 0 });
  const { code } = await consent(base, { scope: "data.records:read", code_challenge, code_challenge_method: "S256" }); // prettier-ignore
  const refused = await token(base, { grant_type: "authorization_code", code, redirect_uri, code_verifier: "x".repeat(43) }); // prettier-ignore
  expect(refused).toMatchObject({ status: 400, body: { error: "invalid_grant" } });
});

test("a renewal ends the refresh token and the access token before it", async () => {
  await using base = await airtable({ seed: 0 });
  const { body: first } = await signedIn(base, "data.records:read");
  const { body: second } = await renew(base, first.refresh_token);
  expect((await base.get("/Customers", first.access_token)).status).toBe(401);
  expect((await base.get("/Customers", second.access_token)).status).toBe(200);
  expect(await renew(base, first.refresh_token)).toMatchObject({ status: 400, body: { error: "invalid_grant" } }); // prettier-ignore
});

test("access ends by itself, and all of it when the app is removed", async () => {
  await using base = await airtable({ seed: 0 });
  await base.control("/_config", { access_token_ms: 0 });
  const { body: over } = await renew(base, base.oauth?.refresh_token ?? "");
  expect((await base.get("/Customers", over.access_token)).status).toBe(401);
  await base.control("/_config", { access_token_ms: 60_000, revoke: true });
  expect((await renew(base, over.refresh_token)).status).toBe(400);
  expect((await base.get("/Customers")).status).toBe(200);
});
