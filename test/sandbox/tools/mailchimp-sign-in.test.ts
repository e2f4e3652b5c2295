import { expect, test } from "vitest";
import { type Account, mailchimp } from "./mailchimp-account.ts";

const redirect_uri = "http://127.0.0.1:3000/oauth/callback";

async function signIn(account: Account, secret?: string) {
  const { client_id = "", client_secret = "", authorize = "", token = "" } = account.oauth ?? {};
  const query = new URLSearchParams({
    client_id,
    redirect_uri,
    response_type: "code",
    state: "s1",
  });
  const page = await (await fetch(`${authorize}?${query.toString()}`)).text();
  const href = /id="allow" href="([^"]+)"/.exec(page)?.[1]?.replaceAll("&amp;", "&") ?? "";
  const code = new URL(href).searchParams.get("code") ?? "";
  const form = { grant_type: "authorization_code", client_id, client_secret: secret ?? client_secret, redirect_uri, code }; // prettier-ignore
  const answer = await fetch(token, { method: "POST", body: new URLSearchParams(form) });
  return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
}

const ping = async (account: Account, authorization: string) => {
  const answer = await fetch(`${account.base_url}/3.0/ping`, { headers: { authorization } });
  return { status: answer.status, body: (await answer.json()) as { title?: string } };
};

test("a key is the password of any user, or a bearer", async () => {
  await using account = await mailchimp({ seed: 0 });
  const key = String(account.credential["token"]);
  expect(key).toMatch(/-us6$/);
  expect((await ping(account, `Basic ${btoa(`anystring:${key}`)}`)).status).toBe(200);
  expect((await ping(account, `Bearer ${key}`)).status).toBe(200);
  expect(await ping(account, `Bearer ${key.slice(1)}`)).toMatchObject({ status: 401, body: { title: "API Key Invalid", detail: "Your API key may be invalid, or you've attempted to access the wrong datacenter." } }); // prettier-ignore
  const bare = await fetch(`${account.base_url}/3.0/ping`);
  expect(await bare.json()).toMatchObject({ title: "API Key Missing", status: 401 });
});

test("an app's token has no scopes, no end and no refresh token", async () => {
  await using account = await mailchimp({ seed: 0 });
  const { status, body } = await signIn(account);
  expect([status, body["expires_in"], body["scope"]]).toEqual([200, 0, null]);
  expect(body).not.toHaveProperty("refresh_token");
  const token = String(body["access_token"]);
  expect((await ping(account, `Bearer ${token}`)).status).toBe(200);
  expect((await signIn(account, "wrong")).status).toBe(401);
});

test("the data center is asked for apart, with a spelling of its own", async () => {
  await using account = await mailchimp({ seed: 0 });
  const token = String((await signIn(account)).body["access_token"]);
  const metadata = (authorization: string) =>
    fetch(`${account.base_url}/oauth2/metadata`, { headers: { authorization } });
  const answer = await metadata(`OAuth ${token}`);
  expect(await answer.json()).toMatchObject({ dc: "us6", api_endpoint: account.base_url });
  expect((await metadata(`Bearer ${token}`)).status).toBe(401);
});

test("a token that was good and is refused has been taken away", async () => {
  await using account = await mailchimp({ seed: 0 });
  const token = String((await signIn(account)).body["access_token"]);
  await account.control("/_config", { revoke: true });
  expect(await ping(account, `Bearer ${token}`)).toMatchObject({ status: 401, body: { title: "API Key Invalid" } }); // prettier-ignore
});
