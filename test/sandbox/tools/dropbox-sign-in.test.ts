import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { type Dropbox, dropbox, errorOf } from "./dropbox-call.ts";

type Token = { access_token: string; refresh_token?: string } & Record<string, unknown>;
const redirect_uri = "http://127.0.0.1:9/back";

async function form(url: string, fields: Record<string, string>) {
  const answer = await fetch(url, { method: "POST", body: new URLSearchParams(fields) });
  return { status: answer.status, body: (await answer.json()) as Token };
}

const app = (one: Dropbox) => one.tool.oauth as NonNullable<typeof one.tool.oauth>;

async function code(one: Dropbox, query: Record<string, string>): Promise<string> {
  const { authorize, client_id } = app(one);
  const asked = new URLSearchParams({ response_type: "code", client_id, redirect_uri, ...query });
  const page = await (await fetch(`${authorize}?${asked.toString()}`)).text();
  const link = /id="allow" href="([^"]+)"/.exec(page)?.[1]?.replaceAll("&amp;", "&") ?? "";
  return new URL(link).searchParams.get("code") ?? "";
}

const secret = (one: Dropbox) => ({ client_id: app(one).client_id, client_secret: app(one).client_secret }); // prettier-ignore

async function consented(one: Dropbox, query: Record<string, string>): Promise<Token> {
  const fields = { grant_type: "authorization_code", code: await code(one, query), redirect_uri };
  return (await form(app(one).token, { ...fields, ...secret(one) })).body;
}

const OFFLINE = { token_access_type: "offline" };

test("only offline access brings a refresh token, which stays the same", async () => {
  await using one = await dropbox();
  const short = await consented(one, {});
  expect(short).toMatchObject({ token_type: "bearer", expires_in: 14_400, account_id: one.tool.settings["account_id"] }); // prettier-ignore
  expect(short).not.toHaveProperty("refresh_token");
  expect(short.access_token).toMatch(/^sl\./);
  // Who names no scopes gets all that the app has.
  expect(short["scope"]).toContain("files.content.write");
  const { refresh_token = "" } = await consented(one, OFFLINE);
  const renew = () => form(app(one).token, { grant_type: "refresh_token", refresh_token, ...secret(one) }); // prettier-ignore
  const renewed = await renew();
  expect(renewed.body).not.toHaveProperty("refresh_token");
  expect((await one.as(renewed.body.access_token).rpc("users/get_current_account")).status).toBe(200); // prettier-ignore
  expect((await renew()).status).toBe(200);
});

test("an app without a secret shows its verifier instead", async () => {
  await using one = await dropbox();
  const code_verifier = "a".repeat(64);
  const code_challenge = createHash("sha256").update(code_verifier).digest("base64url");
  const pkce = { ...OFFLINE, code_challenge, code_challenge_method: "S256" };
  const { client_id, token } = app(one);
  const exchange = async (fields: Record<string, string>) =>
    form(token, { grant_type: "authorization_code", redirect_uri, client_id, ...fields });
  expect((await exchange({ code: await code(one, pkce) })).status).toBe(400);
  expect((await exchange({ code: await code(one, pkce), code_verifier: "wrong" })).status).toBe(400); // prettier-ignore
  const { body } = await exchange({ code: await code(one, pkce), code_verifier });
  const refresh_token = body.refresh_token ?? "";
  const renewed = await form(token, { grant_type: "refresh_token", refresh_token, client_id });
  expect(renewed.status).toBe(200);
  // A refresh token of an app with a secret needs the secret.
  const other = (await consented(one, OFFLINE)).refresh_token ?? "";
  const bare = await form(token, { grant_type: "refresh_token", refresh_token: other, client_id });
  expect(bare.status).toBe(400);
});

test("the parameters may stand in the address", async () => {
  await using one = await dropbox();
  const fields = { grant_type: "authorization_code", code: await code(one, OFFLINE), redirect_uri, ...secret(one) }; // prettier-ignore
  const answer = await fetch(`${app(one).token}?${new URLSearchParams(fields).toString()}`, {
    method: "POST",
    headers: { "content-type": "application/x-www-form-urlencoded" },
  });
  expect(answer.status).toBe(200);
});

test("a token ends by itself, is revoked with all of its kin, and says why", async () => {
  await using one = await dropbox();
  await one.control("/_config", { access_token_ms: 0 });
  const old = one.as((await consented(one, OFFLINE)).access_token);
  expect(errorOf(await old.rpc("users/get_current_account"))).toBe("401 expired_access_token");
  await one.control("/_config", { access_token_ms: 60_000 });
  const first = await consented(one, OFFLINE);
  const grant = { grant_type: "refresh_token", refresh_token: first.refresh_token ?? "", ...secret(one) }; // prettier-ignore
  const second = one.as((await form(app(one).token, grant)).body.access_token);
  expect((await one.as(first.access_token).rpc("auth/token/revoke")).body).toBeNull();
  expect(errorOf(await second.rpc("users/get_current_account"))).toBe("401 invalid_access_token");
  expect((await form(app(one).token, grant)).body).toMatchObject({ error: "invalid_grant" });
  expect((await one.rpc("users/get_current_account")).status).toBe(200);
  await one.control("/_config", { revoke: true });
  expect(errorOf(await one.rpc("users/get_current_account"))).toBe("401 invalid_access_token");
});

test("each route asks for its scope", async () => {
  await using one = await dropbox();
  const { access_token } = await consented(one, { scope: "account_info.read files.metadata.read" });
  const reader = one.as(access_token);
  expect((await reader.rpc("files/list_folder", { path: "" })).status).toBe(200);
  const down = await reader.content("files/download", { path: "/a" });
  expect(down.body).toMatchObject({
    error: { ".tag": "missing_scope", required_scope: "files.content.read" },
  });
  const up = await reader.content("files/upload", { path: "/a" }, "x");
  expect(errorOf(up)).toBe("401 missing_scope");
});
