import { expect, test } from "vitest";
import type { Secret } from "#domain/connection.ts";
import { fakeTool, type Asked, type Reply } from "./fake-tool.ts";
import { smallConnection, smallManifest, smallWorld } from "./small-tool.ts";
import { dealsManifest, manifestOf } from "./small-manifest.ts";
import { connectionTo, never, openWorld } from "./world.ts";

const key = { kind: "bearer", about: "Here." };
const people = [{ id: "1", name: "Ada Lovelace", email: "ada@example.com" }];

/** A tool that has two objects, where nothing goes wrong unless a test says so. */
const answers =
  (wrong: Record<string, Reply> = {}) =>
  ({ path }: Asked): Reply =>
    wrong[path] ?? {
      json: path === "/me" ? { name: "Harbour", scopes: ["a", "b"] } : { items: people },
    };

async function look(
  manifest: ReturnType<typeof smallManifest>,
  answer: (asked: Asked) => Reply,
  {
    secret = { token: "secret-key-1" },
    settings = {},
  }: { secret?: Secret; settings?: Record<string, string> } = {},
) {
  await using tool = await fakeTool(answer);
  await using world = smallWorld(manifest, secret);
  const connection = smallConnection(tool.url, { fields: Object.keys(secret), settings });
  return await world.tools.check(connection, never);
}

test("it names the account, what it may do, and one record of each object", async () => {
  const places = { "/places": { json: { items: [] } } };
  expect(await look(smallManifest({ key }, { places: true }), answers(places))).toEqual({
    ok: true,
    account: "Harbour",
    can: ["read people", "read places"],
    limits: "No limits are known.",
    scopes: null,
    samples: [
      { object: "people", title: "Ada Lovelace" },
      { object: "places", title: null },
    ],
  });
});

test.each<[string, string[], object, object]>([
  [
    "what it has and does not need",
    ["a"],
    { scopes: "scopes" },
    { ok: true, scopes: { has: ["a", "b"], more: ["b"] } },
  ],
  [
    "all it needs",
    ["a", "b"],
    { scopes: "scopes" },
    { ok: true, scopes: { has: ["a", "b"], more: [] } },
  ],
  [
    "what it lacks",
    ["a", "c", "d"],
    { scopes: "scopes" },
    {
      ok: false,
      problem:
        "Small does not give mine c and d. Add that to the app or the key there, then reconnect mine.",
    },
  ],
  ["nothing, where the tool does not tell", ["a"], {}, { ok: true, scopes: null }],
])("of scopes it says %s", async (_what, scopes, check, health) => {
  const manifest = smallManifest({ key: { ...key, scopes } }, { check });
  expect(await look(manifest, answers())).toMatchObject(health);
});

test("a sign-in remembers what it was granted", async () => {
  const oauth = {
    kind: "oauth2",
    about: "Here.",
    authorize: "https://small.example/a",
    token: "https://small.example/t",
    scopes: ["a"],
  };
  const secret = { client_id: "x", client_secret: "y", refresh_token: "r", access_token: "t" };
  const found = (scope: string) =>
    look(smallManifest({ oauth }), answers(), { secret: { ...secret, scope } });
  expect(await found("a extra")).toMatchObject({
    scopes: { has: ["a", "extra"], more: ["extra"] },
  });
  expect(await found("extra")).toMatchObject({
    ok: false,
    problem: /^Small does not give mine a\./,
  });
});

const no = (status: number, message: string): Reply => ({ status, json: { message } });
const settings = { audience: { label: "Audience", about: "Its id." } };

test.each<[string, Record<string, Reply>, RegExp]>([
  [
    "a wrong credential",
    { "/me": no(401, "Bad key secret-key-1") },
    /^Small: .*\[credential\].* Reconnect mine with a credential that works\.$/,
  ],
  [
    "an account it is not for",
    { "/me": no(403, "Not yours") },
    /^Small: .+ Reconnect mine with a credential of the right account\. If Audience \(audience\) “9f” is not right, correct it\.$/,
  ],
  [
    "a place that is not there",
    { "/me": no(404, "No such audience") },
    /^Small: .+ Reconnect mine .+ If Audience \(audience\) “9f” is not right, correct it\.$/,
  ],
  [
    "an object it may not read",
    { "/places": no(403, "Needs more") },
    /^mine may not read places\. Small: .+ Give it all of a there, then reconnect mine\.$/,
  ],
  [
    "two of them",
    { "/places": no(403, "x"), "/people": no(403, "x") },
    /^mine may not read people and places\. /,
  ],
  [
    "a deleted audience",
    { "/people": no(404, "The audience is gone") },
    /^Small refuses to list this: .+ If Audience \(audience\) “9f” is not right, correct it\.$/,
  ],
  [
    "a tool that is broken",
    { "/me": { status: 503, text: "<h1>Down</h1>" } },
    /^Small: Down\. Is its base address right\? If so, check again in a while\.$/,
  ],
  [
    "a tool that wants to be left alone",
    { "/me": { status: 429, text: "", headers: { "retry-after": "1800" } } },
    /^Small asks us to wait\. Check again in 30 minutes\.$/,
  ],
])("%s is named in one sentence with what to do", async (_what, wrong, problem) => {
  const manifest = smallManifest({ key: { ...key, scopes: ["a"] } }, { settings, places: true });
  const health = await look(manifest, answers(wrong), { settings: { audience: "9f" } });
  expect(health).toEqual({ ok: false, problem: expect.stringMatching(problem) as string });
});

test.each([
  "http://10.0.0.5",
  "https://10.0.0.5",
  "https://169.254.169.254/latest",
  "https://[::ffff:127.0.0.1]",
  "https://localhost:8080",
  "https://printer.local",
  "http://api.small.example",
])("an address that leads inside is not asked, and is said to: %s", async (baseUrl) => {
  const allow = { loopback: false, cidrs: [] };
  await using world = smallWorld(
    smallManifest({ key }),
    { token: "secret-key-1" },
    undefined,
    allow,
  );
  const health = await world.tools.check(smallConnection(baseUrl, { fields: ["token"] }), never);
  expect(health).toMatchObject({
    ok: false,
    problem: expect.stringMatching(
      /was not asked: .+\. The address of mine leads inside: give it one on the public internet, or have whoever hosts Tieline allow it with TIELINE_ALLOW\.$/,
    ) as string,
  });
});

test("a tool that cannot be reached is said to be so", async () => {
  await using world = smallWorld(smallManifest({ key }), { token: "secret-key-1" });
  const health = await world.tools.check(
    smallConnection("http://127.0.0.1:1", { fields: ["token"] }),
    never,
  );
  expect(health).toEqual({
    ok: false,
    problem:
      "127.0.0.1:1 cannot be reached (ECONNREFUSED). Is its base address right? If so, check again in a while.",
  });
});

test("where nobody has signed in yet, that is what is said", async () => {
  const oauth = {
    kind: "oauth2",
    about: "Here.",
    authorize: "https://small.example/a",
    token: "https://small.example/t",
  };
  const health = await look(smallManifest({ oauth }), answers(), {
    secret: { client_id: "x", client_secret: "y" },
  });
  expect(health).toMatchObject({
    ok: false,
    problem: expect.stringMatching(/^Nobody has signed in yet.* Reconnect mine/) as string,
  });
});

test("it shows a record by the columns that the settings name", async () => {
  const text = dealsManifest(
    `
    columns: $
    renames: deal_columns
    fields: { title: "{Name}" }
    list: { get: /deals, query: { fields: "{columns}" }, records: deals }`,
    "settings: { deal_columns: { label: Columns, about: Their names, kind: columns, optional: true } }",
  );
  await using tool = await fakeTool(({ path }) => ({
    json: path === "/me" ? { name: "Harbour" } : { deals: [{ id: "1", Betreff: "Silo" }] },
  }));
  await using world = await openWorld({ token: "t" }, [manifestOf(text)]);
  const settings = { deal_columns: "title = Betreff" };
  const health = await world.tools.check(connectionTo("small", tool.url, { settings }), never);
  expect(health).toMatchObject({ ok: true, samples: [{ object: "deals", title: "Silo" }] });
  const [, asked] = tool.requests;
  expect(asked?.query.get("fields")?.split(",")).toContain("Betreff");
});
