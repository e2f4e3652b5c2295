import { expect, test, vi } from "vitest";
import { firstError, freshbooks, type FreshBooks } from "./freshbooks-call.ts";

const BACK = "http://127.0.0.1:3000/oauth/callback";
type Grant = { access_token: string; refresh_token: string; created_at: number; scope: string };

async function consent(books: FreshBooks, scope: string, redirect = BACK) {
  const query = new URLSearchParams({
    client_id: books.oauth?.client_id ?? "",
    response_type: "code",
    redirect_uri: redirect,
    scope,
    state: "s1",
  });
  const response = await fetch(`${books.oauth?.authorize ?? ""}?${query.toString()}`);
  const href = /id="allow" href="([^"]+)"/.exec(await response.text())?.[1] ?? "";
  const back = URL.parse(href.replaceAll("&amp;", "&"));
  return { status: response.status, code: back?.searchParams.get("code") ?? "" };
}

async function token(books: FreshBooks, values: Record<string, string>) {
  const { client_id = "", client_secret = "" } = books.oauth ?? {};
  const response = await fetch(books.oauth?.token ?? "", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ client_id, client_secret, redirect_uri: BACK, ...values }),
  });
  return { status: response.status, body: (await response.json()) as Grant };
}

async function signIn(books: FreshBooks, scope: string): Promise<Grant> {
  const { code } = await consent(books, scope);
  return (await token(books, { grant_type: "authorization_code", code })).body;
}

const clients = (books: FreshBooks) => `/accounting/account/${String(books.settings["account_id"])}/users/clients`; // prettier-ignore

test("who consents gets a token for twelve hours that may do what was asked for", async () => {
  await using books = await freshbooks({ seed: 1 });
  const { code } = await consent(books, "user:profile:read user:clients:read");
  const form = { grant_type: "authorization_code", code };
  const { status, body } = await token(books, form);
  expect(status).toBe(200);
  expect(body).toMatchObject({
    token_type: "Bearer",
    expires_in: 43_200,
    scope: "user:profile:read user:clients:read",
  });
  expect(Math.abs(body.created_at - Date.now() / 1000)).toBeLessThan(3);
  expect((await books.call("GET", clients(books), undefined, body.access_token)).status).toBe(200);
  expect((await token(books, form)).status).toBe(400);
});

test("a code is good for five minutes", async () => {
  await using books = await freshbooks({ seed: 0 });
  const { code } = await consent(books, "user:profile:read");
  vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 300_001 });
  try {
    const late = await token(books, { grant_type: "authorization_code", code });
    expect(late).toMatchObject({ status: 400, body: { error: "invalid_grant" } });
  } finally {
    vi.useRealTimers();
  }
});

test("a scope that is missing is a refusal, in each family's own words", async () => {
  await using books = await freshbooks({ seed: 1 });
  const { access_token: access } = await signIn(books, "user:clients:read");
  const call = (method: string, path: string, body?: unknown) =>
    books.call(method, path, body, access);
  const write = await call("POST", clients(books), { client: { fname: "A" } });
  expect(firstError(write)).toEqual([403, 1003, null]);
  const account = `account/${String(books.settings["account_id"])}`;
  const invoices = await call("GET", `/accounting/${account}/invoices/invoices`);
  expect(firstError(invoices)).toEqual([403, 1003, null]);
  const business = `/projects/business/${String(books.settings["business_id"])}`;
  expect(await call("GET", `${business}/projects`)).toMatchObject({
    status: 403,
    body: { error: "The scope user:projects:read is missing." },
  });
  expect((await call("GET", "/auth/api/v1/users/me")).status).toBe(403);
  const callbacks = `/events/${account}/events/callbacks`;
  const told = (event: string) =>
    call("POST", callbacks, { callback: { event, uri: "http://127.0.0.1:9/x" } });
  expect([(await told("invoice.create")).status, (await told("client.create")).status]).toEqual([403, 200]); // prettier-ignore
});

test("a refresh token works once, and only with the redirect_uri of its sign-in", async () => {
  await using books = await freshbooks({ seed: 0 });
  const first = await signIn(books, "user:profile:read");
  const renew = (refresh_token: string, more: Record<string, string> = {}) =>
    token(books, { grant_type: "refresh_token", refresh_token, ...more });
  const elsewhere = { redirect_uri: "https://elsewhere.example/back" };
  expect((await renew(first.refresh_token, { redirect_uri: "" })).status).toBe(400);
  expect((await renew(first.refresh_token, elsewhere)).status).toBe(400);
  const second = await renew(first.refresh_token);
  expect([second.status, second.body.scope]).toEqual([200, "user:profile:read"]);
  expect(await renew(first.refresh_token)).toMatchObject({ status: 400, body: { error: "invalid_grant" } }); // prettier-ignore
  expect((await renew(second.body.refresh_token)).status).toBe(200);
});

test("only one refresh token is alive: a second sign-in ends the first", async () => {
  await using books = await freshbooks({ seed: 0 });
  const first = await signIn(books, "user:profile:read");
  const second = await signIn(books, "user:profile:read");
  const renew = (refresh_token: string) => token(books, { grant_type: "refresh_token", refresh_token }); // prettier-ignore
  expect((await renew(first.refresh_token)).status).toBe(400);
  expect((await renew(second.refresh_token)).status).toBe(200);
});

test("an app's address is https, without a query, or this machine's own", async () => {
  await using books = await freshbooks({ seed: 0 });
  const statuses = await Promise.all(
    [
      "https://tieline.example/cb",
      BACK,
      "http://tieline.example/cb",
      "https://tieline.example/cb?a=1",
    ].map(
      // prettier-ignore
      async (redirect) => (await consent(books, "user:profile:read", redirect)).status,
    ),
  );
  expect(statuses).toEqual([200, 200, 400, 400]);
  expect((await consent(books, "user:everything:write")).status).toBe(400);
});

test("users/me names the business by all of its ids, beside one whose books are closed", async () => {
  await using books = await freshbooks({ seed: 0 });
  const { body } = await books.call("GET", "/auth/api/v1/users/me");
  const { business_memberships: memberships } = (
    body as { response: { business_memberships: { role: string; business: object }[] } }
  ).response;
  expect(memberships.map(({ role, business }) => ({ role, ...business }))).toMatchObject([
    { role: "business_employee", account_id: null },
    {
      role: "owner",
      id: Number(books.settings["business_id"]),
      account_id: books.settings["account_id"],
      business_uuid: expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
    },
  ]);
});

test("a token that is none, one that is over, and all of them ended", async () => {
  await using books = await freshbooks({ seed: 1 });
  await books.control("/_config", { access_token_ms: 0 });
  const { access_token: over } = await signIn(books, "user:clients:read");
  for (const wrong of ["nonsense", over]) {
    const refused = await books.call("GET", clients(books), undefined, wrong);
    expect([refused.status, refused.body]).toEqual([
      401,
      {
        error: "unauthenticated",
        error_description: "This action requires authentication to continue.",
      },
    ]);
  }
  await books.control("/_config", { revoke: true });
  expect((await books.get("users/clients")).status).toBe(401);
  await books.control("/_config", { revoke: false });
  expect((await books.get("users/clients")).status).toBe(200);
});

test("the business of somebody else is not to be seen", async () => {
  await using books = await freshbooks({ seed: 1 });
  const other = await books.call("GET", "/accounting/account/zDmNq/users/clients");
  expect(firstError(other)).toEqual([403, 1003, null]);
});

test("above twenty a second it is too many, in words that are no JSON", async () => {
  await using books = await freshbooks({ seed: 1, limits: true });
  const replies = await Promise.all(Array.from({ length: 25 }, () => books.get("users/clients")));
  const limited = replies.filter(({ status }) => status === 429);
  expect(limited.length).toBeGreaterThanOrEqual(4);
  expect([limited[0]?.text, books.stats().limited]).toEqual(["Too Many Requests", limited.length]);
});
