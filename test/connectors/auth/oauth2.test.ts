import { expect, test } from "vitest";
import { challengeOf } from "#connectors/auth/oauth2.ts";
import { SignInAgain, Unavailable } from "#domain/errors.ts";
import { any, asking, auth, now, oauth, secret, stale, trip } from "./kinds.ts";

const as = (url: string) => url;

test("the challenge is that of RFC 7636, appendix B", () => {
  expect(challengeOf(trip.verifier)).toBe("E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM");
});

test("a person is sent to the tool's page with all it has to know, and no secret", () => {
  const google = oauth({
    authorize: "https://accounts.google.com/o/oauth2/v2/auth?hl=en",
    authorize_query: { access_type: "offline", prompt: "consent", state: "of somebody else" },
    scopes: ["drive", "openid"],
  });
  const url = new URL(google.browser?.consentAt(trip, as) ?? "");
  expect(url.origin + url.pathname).toBe("https://accounts.google.com/o/oauth2/v2/auth");
  expect(Object.fromEntries(url.searchParams)).toEqual({
    hl: "en",
    response_type: "code",
    client_id: "app 1",
    redirect_uri: trip.redirect,
    state: "s",
    scope: "drive openid",
    code_challenge: "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM",
    code_challenge_method: "S256",
    access_type: "offline",
    prompt: "consent",
  });
});

test("scopes may be separated by commas, and a tool may know neither them nor PKCE", () => {
  const query = (options: Record<string, unknown>) =>
    new URL(oauth(options).browser?.consentAt(trip, as) ?? "").searchParams;
  expect(query({ scopes: ["a", "b"], separator: "," }).get("scope")).toBe("a,b");
  expect([...query({ pkce: "none" }).keys()]).toEqual([
    "response_type",
    "client_id",
    "redirect_uri",
    "state",
  ]);
});

test.each([
  { authorize: "http://tool.example/authorize" },
  { token: "http://tool.example/token" },
  { revoke: { url: "http://tool.example/revoke" } },
  { scopes: ["a b"] },
  { sign_in_lasts: { idle_days: 0 } },
])("%j is no OAuth of ours", (options) => {
  expect(() => oauth(options)).toThrow();
});

test.each<[string, Record<string, unknown>, object]>([
  [
    "by Basic, form-encoded first (RFC 6749, 2.3.1)",
    { client: "basic" },
    {
      as: "form",
      headers: { authorization: `Basic ${btoa("app+1:hush%3A%26")}` },
      values: {
        grant_type: "authorization_code",
        code: "c",
        redirect_uri: trip.redirect,
        code_verifier: trip.verifier,
      },
    },
  ],
  [
    "in the body, as JSON, without PKCE",
    { client: "body", as: "json", pkce: "none", token_headers: { "x-version": "2" } },
    {
      as: "json",
      headers: { "x-version": "2" },
      values: {
        grant_type: "authorization_code",
        code: "c",
        redirect_uri: trip.redirect,
        client_id: "app 1",
        client_secret: "hush:&",
      },
    },
  ],
])("the client proves who it is %s", async (_how, options, request) => {
  const about = asking({ access_token: "a1", refresh_token: "r1", expires_in: 3600 });
  const renewed = await oauth(options).browser?.redeem("c", trip, about);
  expect(about.asked).toEqual([{ url: "https://tool.example/token", ...request }]);
  expect(renewed).toEqual({
    secret: { ...secret, access_token: "a1", fresh_until: "2026-11-23T12:59:00Z", scope: "" },
    expires: null,
  });
});

test("RFC 6749, 2.3.1: the example of a client in Basic", async () => {
  const about = asking({ access_token: "a" });
  const client = { client_id: "s6BhdRkqt3", client_secret: "7Fjfp0ZBr1KtDRbnfVdmIw" };
  await oauth().renew?.({ ...client, refresh_token: "tGzv3JOkF0XG5Qx2TlKWIA" }, about);
  expect(about.asked[0]).toMatchObject({
    headers: { authorization: "Basic czZCaGRSa3F0Mzo3RmpmcDBaQnIxS3REUmJuZlZkbUl3" },
    values: { grant_type: "refresh_token", refresh_token: "tGzv3JOkF0XG5Qx2TlKWIA" },
  });
});

test("FreshBooks' renewal names the redirect address of the sign-in too", async () => {
  const freshbooks = oauth({ repeat_redirect: true, rotates: true, client: "body", as: "json" });
  const about = asking({ access_token: "a1", refresh_token: "r2", expires_in: 43_200 });
  const first = await freshbooks.browser?.redeem("c", trip, about);
  const second = await freshbooks.renew?.(first?.secret ?? {}, about);
  expect(about.asked[1]?.values).toEqual({
    grant_type: "refresh_token",
    refresh_token: "r2",
    redirect_uri: trip.redirect,
    client_id: "app 1",
    client_secret: "hush:&",
  });
  expect(second).toMatchObject({ secret: { refresh_token: "r2" }, expires: null });
});

test("a tool that sends no new refresh token goes on taking the old one", async () => {
  const asana = await oauth().renew?.(stale, asking({ access_token: "a1", expires_in: 3600 }));
  expect(asana?.secret["refresh_token"]).toBe("r1");
  const airtable = await oauth().renew?.(
    stale,
    asking({ access_token: "a1", refresh_token: "r2" }),
  );
  expect(airtable?.secret["refresh_token"]).toBe("r2");
});

test("what is fresh signs, and what is not wants to be renewed", () => {
  const { sign } = oauth();
  expect(sign({ ...stale, fresh_until: "2026-11-23T12:00:01Z" }, now, any)?.headers).toEqual({
    authorization: "Bearer a0",
  });
  expect(sign(stale, now, any)).toBeNull();
  expect(sign(secret, now, any)).toBeNull();
  const { fresh_until: _none, ...unknown } = stale;
  expect(sign(unknown, now, any)).not.toBeNull();
});

test("without a refresh token or a client nobody has signed in", async () => {
  const about = asking({ access_token: "a" });
  await expect(oauth().renew?.({ client_id: "x", client_secret: "y" }, about)).rejects.toThrow(
    SignInAgain,
  );
  await expect(oauth().renew?.({ refresh_token: "r" }, about)).rejects.toThrow(SignInAgain);
  await expect(oauth().renew?.(secret, asking({}))).rejects.toThrow(Unavailable);
  expect(about.asked).toEqual([]);
});

test("a token that lasts until it is revoked is never renewed (Mailchimp)", () => {
  const mailchimp = oauth({ refreshes: false });
  expect(mailchimp.renew).toBeNull();
  expect(mailchimp.fields.map(({ name, brought }) => [name, brought])).toEqual([
    ["client_id", false],
    ["client_secret", false],
    ["access_token", true],
  ]);
});

const revoked = "https://tool.example/revoke";
const tokens = { ...secret, access_token: "a1" };

test.each<[string, Record<string, unknown>, object]>([
  [
    "QuickBooks",
    { as: "json", client: "basic" },
    {
      as: "json",
      headers: { authorization: `Basic ${btoa("app+1:hush%3A%26")}` },
      values: { token: "r1" },
    },
  ],
  [
    "monday",
    { as: "json", client: "body", hint: true },
    {
      as: "json",
      headers: {},
      values: {
        token: "r1",
        token_type_hint: "refresh_token",
        client_id: "app 1",
        client_secret: "hush:&",
      },
    },
  ],
  ["Google", {}, { as: "form", headers: {}, values: { token: "r1" } }],
  [
    "Dropbox",
    { as: "nothing", client: "bearer", token: "access_token" },
    { as: "nothing", headers: { authorization: "Bearer a1" } },
  ],
])("%s is told that it is over", async (_tool, revoke, request) => {
  const about = asking({});
  await oauth({ revoke: { url: revoked, ...revoke } }).revoke?.(tokens, about);
  expect(about.asked).toMatchObject([{ url: revoked, ...request }]);
  expect(oauth().revoke).toBeNull();
});

test("an app that acts for itself gets a token for its client, and no other", async () => {
  const app = auth({
    kind: "client_credentials",
    token: "https://tool.example/token",
    scopes: ["a"],
    client: "body",
  });
  const about = asking({ access_token: "a1", expires_in: 60 });
  const renewed = await app.renew?.({ client_id: "app", client_secret: "hush" }, about);
  expect(about.asked[0]?.values).toEqual({
    grant_type: "client_credentials",
    scope: "a",
    client_id: "app",
    client_secret: "hush",
  });
  expect(renewed).toMatchObject({ secret: { access_token: "a1", scope: "a" }, expires: null });
  expect(app.browser).toBeNull();
});
