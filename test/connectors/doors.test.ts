import { expect, test } from "vitest";
import { RetryLater } from "#domain/errors.ts";
import type { Connection } from "#domain/connection.ts";
import type { Trip } from "#domain/ports/sign-in.ts";
import { challengeOf } from "#connectors/auth/oauth2.ts";
import { fakeTool, type Reply } from "./fake-tool.ts";
import { smallConnection, smallManifest, smallWorld } from "./small-tool.ts";
import { never } from "./world.ts";

const oauth = {
  kind: "oauth2",
  about: "Here.",
  authorize: "https://sign-in.small.example/authorize",
  token: "https://sign-in.small.example/token",
  scopes: ["read", "write"],
  callback: { realmId: "realm" },
  revoke: { url: "https://sign-in.small.example/revoke", client: "body" },
};
const settings = { realm: { label: "Company", about: "Its number." } };
const manifest = smallManifest({ oauth, key: { kind: "bearer", about: "Here." } }, { settings });
const app = { id: "app", secret: "hush" };
const trip: Trip = {
  way: "oauth",
  redirect: "https://tieline.example/oauth/small/callback",
  client: null,
  state: "s".repeat(43),
  verifier: "v".repeat(43),
};
const answered = { code: "c1", state: trip.state, realmId: "7" };
const tokens = { access_token: "a1", refresh_token: "r1", expires_in: 3600 };

/** What comes of a sign-in at a tool whose sign-in service answers like this. */
async function arrive(
  reply: Reply,
  more: { answered?: Record<string, string>; connection?: Partial<Connection> } = {},
) {
  await using tool = await fakeTool(() => reply);
  await using world = smallWorld(manifest, {}, app);
  const connection = { ...smallConnection(tool.url), ...more.connection };
  const arrival = await world.tools.arrive(connection, trip, more.answered ?? answered, never);
  return { arrival, requests: tool.requests };
}

const problem = async (...of: Parameters<typeof arrive>): Promise<string> => {
  const { arrival } = await arrive(...of);
  expect(arrival.ok).toBe(false);
  return arrival.ok ? "" : arrival.problem;
};

test("a code becomes a credential, and what came with it becomes settings", async () => {
  const { arrival, requests } = await arrive({ json: tokens });
  expect(arrival).toMatchObject({
    ok: true,
    secret: {
      client_id: "app",
      client_secret: "hush",
      refresh_token: "r1",
      access_token: "a1",
      scope: "read write",
    },
    settings: { realm: "7" },
    expires: null,
  });
  expect(requests).toHaveLength(1);
  expect(requests[0]).toMatchObject({ method: "POST", path: "/token" });
  expect(Object.fromEntries(new URLSearchParams(String(requests[0]?.body)))).toEqual({
    grant_type: "authorization_code",
    code: "c1",
    redirect_uri: trip.redirect,
    code_verifier: trip.verifier,
  });
});

test("where the tool is for an account the sign-in says, in the tool's own domains alone", async () => {
  const address = { label: "Address", about: "Yours.", optional: true };
  const placed = smallManifest(
    { oauth: { ...oauth, callback: {}, base: "instance_url" } },
    {
      settings: { api_url: address },
      base_url: { setting: "api_url", within: ["small.example"], else: "credential" },
    },
  );
  await using tool = await fakeTool(({ body }) => ({
    json: { ...tokens, instance_url: new URLSearchParams(String(body)).get("code") ?? "" },
  }));
  await using world = smallWorld(placed, {}, app);
  const settingsFor = async (code: string, settings = {}) => {
    const connection = smallConnection(tool.url, { settings });
    const arrival = await world.tools.arrive(connection, trip, { code }, never);
    return arrival.ok ? arrival.settings : arrival.problem;
  };
  const here = "https://acme.small.example";
  expect(await settingsFor(here)).toEqual({ api_url: here });
  expect(await settingsFor(here, { api_url: "https://old.small.example" })).toEqual({ api_url: here }); // prettier-ignore
  expect(await settingsFor("https://evil.example")).toEqual({});
  const [{ settings: [fact] = [] } = {}] = world.tools.catalogue();
  expect(fact).toMatchObject({ name: "api_url", optional: true, brought: true });
});

test("a person is sent to where the connection leads, with the challenge and not the verifier", async () => {
  await using world = smallWorld(manifest, {}, app);
  const at = async (baseUrl: string | null) =>
    new URL(await world.tools.consentAt(smallConnection(baseUrl), trip));
  expect((await at(null)).origin).toBe("https://sign-in.small.example");
  const url = await at("http://127.0.0.1:4103");
  expect(url.origin).toBe("http://127.0.0.1:4103");
  expect(url.searchParams.get("code_challenge")).toBe(challengeOf(trip.verifier));
  expect(url.href).not.toContain(trip.verifier);
  expect(url.href).not.toContain("hush");
});

test("the client is the one typed, else the connection's own, else the one kept", async () => {
  const own = { client_id: "own", client_secret: "own hush", refresh_token: "r" };
  await using world = smallWorld(manifest, own, app);
  const clientAt = async (connection: Connection, client: Trip["client"]) => {
    const url = await world.tools.consentAt(connection, { ...trip, client });
    return new URL(url).searchParams.get("client_id");
  };
  const kept = smallConnection(null, { fields: Object.keys(own) });
  expect(await clientAt(kept, { id: "typed", secret: "x" })).toBe("typed");
  expect(await clientAt(kept, null)).toBe("own");
  expect(await clientAt(smallConnection(null), null)).toBe("app");

  await using bare = smallWorld(manifest, {});
  expect(await bare.tools.knowsClient(smallConnection(null))).toBe(false);
  await expect(bare.tools.consentAt(smallConnection(null), trip)).rejects.toThrow(
    "Small needs the client id and secret of your app.",
  );
  const byKey = bare.tools.consentAt(smallConnection(null), { ...trip, way: "key" });
  await expect(byKey).rejects.toThrow("Nobody signs in to Small through a browser this way.");
});

const sentence = "Nothing was changed; try again, or ask for a new link in Slack.";

test.each<[string, Record<string, string>, string]>([
  ["denied", { error: "access_denied" }, `You did not let Tieline into Small. ${sentence}`],
  [
    "an error of the tool's",
    { error: "server_error", error_description: "x" },
    `Small could not sign you in (server_error). ${sentence}`,
  ],
  [
    "an error that is a message from somebody else",
    { error: "Call +1 555 0100 now!" },
    `Small could not sign you in. ${sentence}`,
  ],
  ["nothing", {}, `Small sent you back without saying why. ${sentence}`],
])("who comes back with %s is told so, and nothing is asked for", async (_what, back, said) => {
  await using tool = await fakeTool(() => ({ json: tokens }));
  await using world = smallWorld(manifest, {}, app);
  const arrival = await world.tools.arrive(smallConnection(tool.url), trip, back, never);
  expect(arrival).toEqual({ ok: false, problem: said });
  expect(tool.requests).toEqual([]);
});

const refuses = (status: number, error: string): Reply => ({
  status,
  json: { error, error_description: "Nope" },
});

test.each<[string, Reply, RegExp]>([
  [
    "a code that is not ours (swapped, or used)",
    refuses(400, "invalid_grant"),
    /^Small refused to finish the sign-in \(invalid_grant\)\. Nothing was changed; try again, and .* allows the redirect address https:\/\/tieline\.example\/oauth\/small\/callback\.$/,
  ],
  [
    "the same with status 200",
    refuses(200, "invalid_grant"),
    /^Small refused to finish the sign-in/,
  ],
  [
    "a client it does not know",
    refuses(401, "invalid_client"),
    /^Small does not know the app by this client id and secret\./,
  ],
  [
    "a failure that will pass",
    { status: 503, text: "<h1>Busy</h1>" },
    /^The sign-in service of Small does not work just now: .* 503\. Nothing was changed/,
  ],
  ["no JSON", { text: "ok" }, /^The sign-in service of Small does not work just now/],
  [
    "no token",
    { json: { token_type: "bearer" } },
    /^The sign-in service of Small does not work just now/,
  ],
  [
    "no refresh token",
    { json: { access_token: "a1" } },
    /^Small gave no refresh token\. Nothing was changed; remove Tieline from the apps of your account there, then try again\.$/,
  ],
  [
    "a scope that is missing",
    { json: { ...tokens, scope: "read" } },
    /^Small did not grant write\. Nothing was changed; try again and leave every permission ticked/,
  ],
])("%s is one sentence that says what to do", async (_what, reply, said) => {
  expect(await problem(reply)).toMatch(said);
});

test.each([
  "http://10.0.0.5",
  "https://169.254.169.254",
  "https://[::ffff:10.0.0.5]",
  "https://localhost",
  "http://127.0.0.1:1",
  "https://0x7f000001",
])("no code is sent to an address that leads inside: %s", async (baseUrl) => {
  const allow = { loopback: false, cidrs: [] };
  await using world = smallWorld(manifest, {}, app, allow);
  const arrival = await world.tools.arrive(smallConnection(baseUrl), trip, answered, never);
  expect(arrival).toMatchObject({
    ok: false,
    problem: expect.stringMatching(/does not work just now: .+ was not asked: /) as string,
  });
});

test("a tool that asks to wait is not one that refuses", async () => {
  await expect(arrive({ status: 429, json: {} })).rejects.toThrow(RetryLater);
});

test("signing in to another company than the connection's changes nothing", async () => {
  const connection = { settings: { realm: "5" } };
  expect(await problem({ json: tokens }, { connection })).toBe(
    "You signed in to 7, but mine is for 5 (realm). Nothing was changed; try again and choose that one, or add another connection for 7.",
  );
  const { arrival } = await arrive({ json: tokens }, { connection: { settings: { realm: "7" } } });
  expect(arrival.ok).toBe(true);
});

test.each(["", "7/../8", "7?x=1", "7 8", "<b>"])(
  "a company called “%s” is none",
  async (realmId) => {
    expect(await problem({ json: tokens }, { answered: { ...answered, realmId } })).toMatch(
      /^Small did not say which realm it is/,
    );
  },
);

test("leaving ends the sign-in at the tool, and a tool that does not answer holds nobody up", async () => {
  const secret = { client_id: "app", client_secret: "hush", refresh_token: "r1" };
  const fields = Object.keys(secret);
  await using tool = await fakeTool(({ path }) => ({
    status: path === "/revoke" ? 200 : 500,
    text: "",
  }));
  await using world = smallWorld(manifest, secret);
  const leave = await world.tools.revoking(smallConnection(tool.url, { fields }));
  expect(tool.requests).toEqual([]);
  expect(await leave?.(never)).toBe(true);
  expect(Object.fromEntries(new URLSearchParams(String(tool.requests[0]?.body)))).toEqual({
    token: "r1",
    client_id: "app",
    client_secret: "hush",
  });
  const away = await world.tools.revoking(smallConnection("http://127.0.0.1:1", { fields }));
  expect(await away?.(never)).toBe(false);
  expect(
    await world.tools.revoking(smallConnection(tool.url, { fields: ["token"] })),
  ).toBeUndefined();
  expect(
    await world.tools.revoking(smallConnection(tool.url, { fields: ["strange"] })),
  ).toBeUndefined();
});
