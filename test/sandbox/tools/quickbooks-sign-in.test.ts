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
  expect(body).toMatchObject({
    token_type: "bearer",
    expires_in: 3600,
    x_refresh_token_expires_in: 8_640_000,
  });
  expect(body).not.toHaveProperty("x_refresh_token_hard_expires_in");
  expect(await companyStatus(books, body.access_token)).toBe(200);
  expect(await refresh(books, first)).toMatchObject({
    status: 400,
    body: {
      error: "invalid_grant",
      error_description: "Incorrect or invalid refresh token",
    },
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
  const redirect_uri = "http://127.0.0.1:3000/oauth/callback";
  const query = new URLSearchParams({
    client_id: books.oauth?.client_id ?? "",
    redirect_uri,
    response_type: "code",
    scope: "com.intuit.quickbooks.accounting",
    state: "s<1>",
  });
  const page = await (await fetch(`${books.oauth?.authorize ?? ""}?${query.toString()}`)).text();
  const href = /href="([^"]+)"/.exec(page)?.[1]?.replaceAll("&amp;", "&") ?? "";
  const back = new URL(href).searchParams;
  expect([back.get("state"), back.get("realmId")]).toEqual(["s<1>", books.settings["realm_id"]]);

  const form = { grant_type: "authorization_code", code: back.get("code") ?? "", redirect_uri };
  expect((await token(books, form)).status).toBe(200);
  expect((await token(books, form)).status).toBe(400);
});

test("who asks is told when even a refreshed token ends for good", async () => {
  await using books = await quickbooks();
  const { client_id = "", client_secret = "", refresh_token = "" } = books.oauth ?? {};
  const response = await fetch(books.oauth?.token ?? "", {
    method: "POST",
    headers: {
      authorization: `Basic ${btoa(`${client_id}:${client_secret}`)}`,
      "x-include-refresh-token-hard-expires-in": "true",
    },
    body: new URLSearchParams({ grant_type: "refresh_token", refresh_token }),
  });
  expect(await response.json()).toHaveProperty("x_refresh_token_hard_expires_in");
});

test.each(["application/json", "application/x-www-form-urlencoded"])(
  "a revoked token, sent as %s, ends all that the app had",
  async (type) => {
    await using books = await quickbooks();
    const { body } = await refresh(books, books.oauth?.refresh_token ?? "");
    const { client_id = "", client_secret = "" } = books.oauth ?? {};
    const revoke = (secret: string) =>
      fetch(`${books.base_url}/v2/oauth2/tokens/revoke`, {
        method: "POST",
        headers: { authorization: `Basic ${btoa(`${client_id}:${secret}`)}`, "content-type": type },
        body: type.endsWith("json")
          ? JSON.stringify({ token: body.refresh_token })
          : new URLSearchParams({ token: body.refresh_token }).toString(),
      });
    expect((await revoke("wrong")).status).toBe(401);
    expect(await companyStatus(books, body.access_token)).toBe(200);
    expect((await revoke(client_secret)).status).toBe(200);
    expect(await companyStatus(books, body.access_token)).toBe(401);
    expect((await refresh(books, body.refresh_token)).status).toBe(400);
    expect((await revoke(client_secret)).status).toBe(400);
  },
);

test("a person ends everything, the lasting token too, and can let it in again", async () => {
  await using books = await quickbooks();
  const { body } = await refresh(books, books.oauth?.refresh_token ?? "");
  await books.control("/_config", { revoke: true });
  const lasting = String(books.credential["token"]);
  expect(await companyStatus(books, lasting)).toBe(401);
  expect(await companyStatus(books, body.access_token)).toBe(401);
  await books.control("/_config", { revoke: false });
  expect(await companyStatus(books, lasting)).toBe(200);
});

test("a month that is used up refuses to tell, and goes on taking", async () => {
  await using books = await quickbooks();
  await books.control("/_config", { quota: "spent" });
  const told = await books.get("/customer/1");
  expect([told.status, told.headers.get("retry-after")]).toEqual([429, null]);
  expect(told.body).toContain("monthly limit of CorePlus");
  expect((await books.post("/customer", { DisplayName: "Ann" })).status).toBe(200);
  await books.control("/_config", { quota: "fine" });
  expect((await books.get("/customer/1")).status).toBe(200);
});
