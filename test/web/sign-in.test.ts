import { afterAll, describe, expect, test } from "vitest";
import { connectionName } from "#domain/ids.ts";
import { loadManifests } from "#connectors/manifest/load.ts";
import { startQuickbooks } from "#sandbox/tools/quickbooks/quickbooks.ts";
import { browserMark } from "#web/browser-mark.ts";
import { smallManifest } from "../connectors/small-tool.ts";
import { folder } from "../connectors/world.ts";
import { admin } from "../operations/support/room.ts";
import { authorizationServer, client, type Variant } from "./authorization-server.ts";
import { browser } from "./browser.ts";
import { closeHouses, consentLink, house, signIn } from "./house.ts";

afterAll(closeHouses);

const usual: Variant = {
  client: "basic",
  as: "form",
  pkce: true,
  rotates: false,
  separator: " ",
  repeatRedirect: false,
  offline: {},
  expiresIn: 3600,
  jwt: false,
  answer: () => ({}),
  callback: {},
};

const auth = {
  kind: "oauth2",
  about: "Here.",
  authorize: "https://api.small.example/authorize",
  token: "https://api.small.example/token",
  scopes: ["read", "write"],
};

const variants: [string, Partial<Variant>, Record<string, unknown>][] = [
  [
    "Airtable",
    { rotates: true, answer: () => ({ refresh_expires_in: 5_184_000 }) },
    { rotates: true, sign_in_lasts: { at: ["refresh_expires_in"] } },
  ],
  [
    "Salesforce",
    { client: "body", expiresIn: null, answer: (url) => ({ instance_url: url }) },
    { client: "body", lifetime: "unknown", base: "instance_url" },
  ],
  [
    "monday",
    { client: "body", as: "json", jwt: true, rotates: true },
    { client: "body", as: "json", lifetime: "jwt", rotates: true },
  ],
  [
    "Google",
    { client: "body", offline: { access_type: "offline", prompt: "consent" } },
    { client: "body", authorize_query: { access_type: "offline", prompt: "consent" } },
  ],
  [
    "FreshBooks",
    { client: "body", as: "json", pkce: false, rotates: true, repeatRedirect: true },
    { client: "body", as: "json", pkce: "none", rotates: true, repeat_redirect: true },
  ],
  ["a tool with commas between scopes", { separator: "," }, { separator: "," }],
  ["QuickBooks", { callback: { realmId: "9341" } }, { callback: { realmId: "realm" } }],
];

describe.each(variants)("a tool like %s", (_tool, variant, options) => {
  test("is signed in to through a browser, renewed, and signed in to again", async () => {
    await using server = await authorizationServer({ ...usual, ...variant });
    const settings = { realm: { label: "Company", about: "Its number." } };
    const manifest = smallManifest(
      { oauth: { ...auth, ...options } },
      { settings: "callback" in options ? settings : {} },
    );
    const home = await house([manifest]);
    const { perform, safe, world } = home;
    const add = { name: "mine", connector: "small", baseUrl: server.url };
    await perform("connections.add", add, admin);

    const { look, person, to } = await signIn(home, "mine", client);
    expect(look.said).toMatchObject({ ways: [{ browser: { clientKnown: false } }] });
    const { html, way, status } = await person.go(to);
    expect([status, way.map(({ pathname }) => pathname)]).toEqual([
      200,
      ["/authorize", "/oauth/small/callback"],
    ]);
    expect(html).toContain("Small is connected as “mine”");
    expect(html).toContain("account Harbour &amp; Sons");
    expect(server.refusals).toEqual([]);

    server.expireAll();
    const { health } = await perform("connections.check", { connection: "mine" }, admin);
    expect(health).toMatchObject({ ok: true, account: "Harbour & Sons" });
    const kept = safe.kept.get("mine") ?? {};
    expect(server.refresh.has(kept["refresh_token"] ?? "")).toBe(true);
    const connection = await world.registry.connection(connectionName("mine"));
    expect(connection?.settings).toEqual("callback" in options ? { realm: "9341" } : {});

    const again = await signIn(home, "mine", null);
    expect(again.look.said).toMatchObject({ ways: [{ browser: { clientKnown: true } }] });
    expect((await again.person.go(again.to)).html).toContain("Small is connected as “mine”");
    expect(server.refusals).toEqual([]);
  });
});

test("QuickBooks as the sandbox has it: realm, account, and another browser", async () => {
  const { manifests } = await loadManifests([folder]);
  await using tool = await startQuickbooks({ folder: null, limits: false });
  const home = await house(manifests);
  const { perform, world, safe } = home;
  await perform(
    "connections.add",
    { name: "ledger", connector: "quickbooks", baseUrl: tool.base_url },
    admin,
  );
  const { client_id: id = "", client_secret: secret = "" } = tool.oauth ?? {};
  const { to, person, page, token, begun } = await signIn(home, "ledger", { id, secret });
  expect(begun.cookie).toMatch(
    /^tieline-browser=[\w-]{43}; Path=\/; Max-Age=1200; HttpOnly; SameSite=Lax$/,
  );

  const consent = await (await fetch(to)).text();
  const allow = consentLink(consent);
  const stolen = await browser().go(allow);
  expect([stolen.status, stolen.html]).toEqual([
    422,
    expect.stringContaining("begun in another browser"),
  ]);

  const again = await person.post(new URL("/connect/begin", page), {
    token,
    way: "oauth",
    client: { id, secret },
  });
  const html = await (await fetch(String(again.said["to"]))).text();
  const callback = consentLink(html);
  const done = await person.go(callback);
  expect(done.html).toContain("QuickBooks is connected as “ledger”");
  expect(done.html).toContain("Simulated Trading Company");
  expect(await (await person.ask(callback)).text()).toContain("was used already");
  expect((await person.post(new URL("/connect/look", page), { token })).status).toBe(410);

  const ledger = await world.registry.connection(connectionName("ledger"));
  expect(ledger?.settings).toEqual({ realm_id: tool.settings["realm_id"] });
  const left = (await safe.standing(connectionName("ledger"))).expires?.since(
    Temporal.Now.instant(),
  );
  expect(Math.round(left?.total("hours") ?? 0)).toBe(2400);
});

test("a code that was given to somebody else is refused by its challenge, and nothing is kept", async () => {
  await using server = await authorizationServer(usual);
  const home = await house([smallManifest({ oauth: auth })]);
  for (const name of ["mine", "theirs"])
    await home.perform("connections.add", { name, connector: "small", baseUrl: server.url }, admin);
  const backOf = async (name: string) => {
    const { person, to } = await signIn(home, name, client);
    const location = (await person.ask(to)).headers.get("location");
    return { person, back: new URL(location ?? "") };
  };
  const [mine, theirs] = [await backOf("mine"), await backOf("theirs")];
  mine.back.searchParams.set("code", theirs.back.searchParams.get("code") ?? "");
  const { status, html } = await mine.person.go(mine.back.href);
  expect([status, html]).toEqual([
    422,
    expect.stringContaining("Small refused to finish the sign-in (invalid_grant)"),
  ]);
  expect(home.safe.kept.size).toBe(0);
});

test.each([
  ["/oauth/small/callback", 400, "There is nothing to finish here"],
  ["/oauth/small/callback?code=c", 400, "There is nothing to finish here"],
  ["/oauth/small/callback?state=a&state=b", 400, "There is nothing to finish here"],
  ["/oauth/small/callback?state=<script>alert(1)</script>", 422, "was used already"],
  [
    `/oauth/small/callback?state=${"s".repeat(43)}&return_to=https://evil.example`,
    422,
    "was used already",
  ],
  ["/oauth/Small/callback?state=s", 404, "nothing at this address"],
  ["/oauth/../callback?state=s", 404, "nothing at this address"],
  ["/oauth/small/callback/?state=s", 404, "nothing at this address"],
])("%s finishes nothing, leads nowhere and says back nothing", async (path, status, words) => {
  const home = await house([smallManifest({ oauth: auth })]);
  const response = await fetch(home.web.url + path, { redirect: "manual" });
  const text = await response.text();
  expect([response.status, text]).toEqual([status, expect.stringContaining(words)]);
  expect(text).not.toMatch(/<script>alert|evil\.example|sss/);
  expect(response.headers.get("location")).toBeNull();
  expect(response.headers.get("referrer-policy")).toBe("no-referrer");
  expect(response.headers.get("cache-control")).toBe("no-store");
});

test("over https the mark is one that no other host can set", () => {
  const mark = browserMark(true);
  expect(mark.set("m")).toBe(
    "__Host-tieline-browser=m; Path=/; Max-Age=1200; HttpOnly; SameSite=Lax; Secure",
  );
  const of = (cookie: string) => mark.of({ headers: { cookie } } as never);
  const value = "m".repeat(43);
  expect(of(`a=b; __Host-tieline-browser=${value}`)).toBe(value);
  expect(of(`tieline-browser=${value}`)).toBeNull();
  expect(of("__Host-tieline-browser=short")).toBeNull();
});
