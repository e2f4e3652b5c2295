import { expect, test } from "vitest";
import { type Caller, quickbooks } from "./call.ts";

type Grant = { access_token: string; refresh_token: string; expires_in: number };

async function token(books: Caller, form: Record<string, string>, secret?: string) {
  const { client_id = "", client_secret = "" } = books.oauth ?? {};
  const response = await fetch(books.oauth?.token ?? "", {
    method: "POST",
    headers: { authorization: `Basic ${btoa(`${client_id}:${secret ?? client_secret}`)}` },
    body: new URLSearchParams(form),
  });
  return { status: response.status, body: (await response.json()) as Grant };
}

const refresh = (books: Caller, refresh_token: string) =>
  token(books, { grant_type: "refresh_token", refresh_token });

const companyStatus = async (books: Caller, access: string) => {
  const path = `/v3/company/${String(books.settings["realm_id"])}/companyinfo/1?minorversion=75`;
  const headers = { authorization: `Bearer ${access}` };
  return (await fetch(books.base_url + path, { headers })).status;
};

test("a refresh replaces the refresh token, and the old one is dead", async () => {
  await using books = await quickbooks();
  const first = books.oauth?.refresh_token ?? "";
  const { body } = await refresh(books, first);
  expect(body).toMatchObject({ token_type: "bearer", expires_in: 3600 });
  expect(await companyStatus(books, body.access_token)).toBe(200);
  expect(await refresh(books, first)).toMatchObject({
    status: 400,
    body: { error: "invalid_grant" },
  });
  expect((await refresh(books, body.refresh_token)).status).toBe(200);
});

test("an access token ends when its time is over", async () => {
  await using books = await quickbooks();
  await books.control("/_config", { access_token_ms: 0 });
  const { body } = await refresh(books, books.oauth?.refresh_token ?? "");
  expect(await companyStatus(books, body.access_token)).toBe(401);
});

test("a wrong client secret is nobody", async () => {
  await using books = await quickbooks();
  const form = { grant_type: "refresh_token", refresh_token: "x" };
  expect(await token(books, form, "wrong")).toMatchObject({ status: 401, body: { error: "invalid_client" } }); // prettier-ignore
});

test("who connects comes back with a code for one sign-in and the realm", async () => {
  await using books = await quickbooks();
  const query = new URLSearchParams({
    client_id: books.oauth?.client_id ?? "",
    redirect_uri: "http://127.0.0.1:3000/oauth/callback",
    response_type: "code",
    scope: "com.intuit.quickbooks.accounting",
    state: "s<1>",
  });
  const page = await (await fetch(`${books.oauth?.authorize ?? ""}?${query.toString()}`)).text();
  const href = /href="([^"]+)"/.exec(page)?.[1]?.replaceAll("&amp;", "&") ?? "";
  const back = new URL(href).searchParams;
  expect([back.get("state"), back.get("realmId")]).toEqual(["s<1>", books.settings["realm_id"]]);

  const form = { grant_type: "authorization_code", code: back.get("code") ?? "" };
  expect((await token(books, form)).status).toBe(200);
  expect((await token(books, form)).status).toBe(400);
});
