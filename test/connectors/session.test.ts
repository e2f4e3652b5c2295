import { expect, test } from "vitest";
import { Fenced, SignInAgain, SignInRefused, Unavailable } from "#domain/errors.ts";
import type { Json } from "#domain/json.ts";
import { type Asked, fakeTool, type Reply } from "./fake-tool.ts";
import { smallConnection, smallManifest, smallWorld } from "./small-tool.ts";
import { never } from "./world.ts";

const about = "Here.";
const oauth = {
  kind: "oauth2",
  about,
  authorize: "https://api.small.example/authorize",
  token: "https://api.small.example/token",
};
const secret = { client_id: "app", client_secret: "hush", refresh_token: "r1", access_token: "a1" };
const fields = Object.keys(secret);

const bearer = ({ headers }: Asked): string =>
  String(headers["authorization"]).replace("Bearer ", "");
const asked = (requests: readonly Asked[], path: string) =>
  requests.filter((request) => request.path === path).length;

/** Reads the people once. */
async function read(world: ReturnType<typeof smallWorld>, baseUrl: string, names = fields) {
  const source = world.tools.source(smallConnection(baseUrl, { fields: names }), "people");
  return Array.fromAsync(source.pages(null, { gone: false, signal: never }));
}

/** A tool that takes one access token, and gives out the next ones in turn. */
const tool = (good: (token: string) => boolean, tokens: Reply[]) =>
  fakeTool((request) => {
    if (request.path === "/token") return tokens.shift() ?? { status: 500, text: "" };
    return good(bearer(request)) ? { json: { items: [] } } : { status: 401, text: "" };
  });
const issued = (token: string, more: Record<string, Json> = {}): Reply => ({
  json: { access_token: token, refresh_token: `r-${token}`, ...more },
});

test("a 401 renews the token once, and the request is made again with the new one", async () => {
  await using small = await tool((token) => token === "a2", [issued("a2")]);
  await using world = smallWorld(smallManifest({ oauth }), secret);
  await read(world, small.url);
  expect([asked(small.requests, "/token"), asked(small.requests, "/people")]).toEqual([1, 2]);
  expect(world.vault.secret).toMatchObject({ access_token: "a2", refresh_token: "r-a2" });
});

test("a 401 for the new token too asks a person to sign in, and does not go round", async () => {
  await using small = await tool(() => false, [issued("a2"), issued("a3"), issued("a4")]);
  await using world = smallWorld(smallManifest({ oauth }), secret);
  await expect(read(world, small.url)).rejects.toThrow(SignInAgain);
  expect([asked(small.requests, "/token"), asked(small.requests, "/people")]).toEqual([1, 2]);
});

test("where somebody else's new token has ended as well, one of our own is made", async () => {
  await using small = await tool((token) => token === "a3", [issued("a3")]);
  await using world = smallWorld(smallManifest({ oauth }), secret);
  const { renew } = world.vault;
  let times = 0;
  // Another worker was quicker, and what it got is taken back at once.
  world.vault.renew = async (...of) => {
    if ((times += 1) === 1) world.vault.secret = { ...secret, access_token: "a2" };
    return renew(...of);
  };
  await read(world, small.url);
  expect([asked(small.requests, "/token"), asked(small.requests, "/people")]).toEqual([1, 3]);
  expect(world.vault.secret).toMatchObject({ access_token: "a3" });
});

test("a sign-in service that does not work just now is no refusal, and nothing is lost", async () => {
  const busy = { status: 503, text: "busy" };
  await using small = await tool((token) => token === "a2", [busy, busy, issued("a2")]);
  await using world = smallWorld(smallManifest({ oauth }), secret);
  await read(world, small.url);
  expect(world.vault.secret["access_token"]).toBe("a2");

  await using broken = await tool(() => false, []);
  await using other = smallWorld(smallManifest({ oauth }), secret);
  await expect(read(other, broken.url)).rejects.toThrow(Unavailable);
  expect(other.vault.secret).toEqual(secret);
});

test("a refusal to renew is one, at once", async () => {
  const refused = { status: 400, json: { error: "invalid_grant" } };
  await using small = await tool(() => false, [refused, issued("a2")]);
  await using world = smallWorld(smallManifest({ oauth }), secret);
  await expect(read(world, small.url)).rejects.toThrow(SignInRefused);
  expect(asked(small.requests, "/token")).toBe(1);
});

test("nothing leaves for the sign-in service that is not sure to be ours to ask", async () => {
  await using small = await tool((token) => token === "a2", [issued("a2")]);
  await using world = smallWorld(smallManifest({ oauth }), secret);
  world.vault.grip.sure = () => Promise.reject(new Fenced("another worker renews it"));
  await expect(read(world, small.url)).rejects.toThrow(Fenced);
  expect(asked(small.requests, "/token")).toBe(0);

  const asking: number[] = [];
  world.vault.grip.sure = () => (asking.push(asked(small.requests, "/token")) < 2 ? Promise.resolve() : null); // prettier-ignore
  await read(world, small.url);
  expect(asking).toEqual([0, 0]);
  expect(asked(small.requests, "/token")).toBe(1);
});

test("a token that is known to have ended is renewed before it is used", async () => {
  await using small = await tool((token) => token === "a2", [issued("a2", { expires_in: 1 })]);
  const ended = { ...secret, fresh_until: "2020-01-01T00:00:00Z" };
  await using world = smallWorld(smallManifest({ oauth }), ended);
  await read(world, small.url);
  expect(asked(small.requests, "/people")).toBe(1);
});

test("requests go to the address the newest token came with, and the token nowhere else", async () => {
  await using first = await fakeTool((request) =>
    bearer(request) === "a1" ? { json: { items: [] } } : { status: 401, text: "" },
  );
  await using second = await fakeTool((request) =>
    bearer(request) === "a2" ? { json: { items: [] } } : { status: 401, text: "" },
  );
  await using login = await fakeTool(() => issued("a2", { instance_url: second.url }));
  const manifest = smallManifest({ oauth: { ...oauth, base: "instance_url" } });
  await using world = smallWorld(manifest, { ...secret, base: first.url });
  await read(world, login.url);
  expect([asked(first.requests, "/people"), asked(second.requests, "/people")]).toEqual([1, 0]);
  world.vault.secret = { ...world.vault.secret, access_token: "old" };
  await read(world, login.url);
  expect([asked(first.requests, "/people"), asked(second.requests, "/people")]).toEqual([2, 1]);
  expect(login.requests.map(({ path }) => path)).toEqual(["/token"]);
});

test("an address that leads inside is not followed with a token", async () => {
  await using inside = await fakeTool(() => ({ json: { items: [] } }));
  const { port } = new URL(inside.url);
  const manifest = smallManifest({ oauth: { ...oauth, base: "instance_url" } });
  const led = { ...secret, base: `https://localhost.:${port}` };
  const allow = { loopback: false, cidrs: [] };
  await using world = smallWorld(manifest, led, undefined, allow);
  const source = world.tools.source(smallConnection(null, { fields }), "people");
  const pages = Array.fromAsync(source.pages(null, { gone: false, signal: never }));
  await expect(pages).rejects.toThrow(/was not asked/);
  expect(inside.requests).toEqual([]);
});

test("an app that acts for itself gets another token when its own is refused", async () => {
  const app = { kind: "client_credentials", about, token: "https://api.small.example/token" };
  await using small = await tool((token) => token === "a2", [issued("a1"), issued("a2")]);
  const client = { client_id: "app", client_secret: "hush" };
  await using world = smallWorld(smallManifest({ app }), client);
  await read(world, small.url, Object.keys(client));
  expect(asked(small.requests, "/token")).toBe(2);
});

test("a key in the query reaches the tool, and what the tool says of it reaches nobody", async () => {
  const key = { kind: "query", about, name: "api_key" };
  await using small = await fakeTool(({ query }) => ({
    status: 403,
    json: { message: `${String(query.get("api_key"))} may not, nor may a%2Fsecret%20key` },
  }));
  await using world = smallWorld(smallManifest({ key }), { token: "a/secret key" });
  const reading = read(world, small.url, ["token"]);
  await expect(reading).rejects.toThrow("Small: [credential] may not, nor may [credential]");
});

test("a secret address is asked as it is, and is not said back", async () => {
  await using small = await fakeTool(({ path }) =>
    path === "/hooks/catch/s3cret-part/people"
      ? { status: 400, json: { message: `No such hook: ${path}` } }
      : { status: 500, text: "" },
  );
  const hook = { kind: "url", about, hosts: ["hooks.small.example"] };
  const url = `${small.url}/hooks/catch/s3cret-part/`;
  await using world = smallWorld(smallManifest({ hook }), { url });
  const source = world.tools.source(smallConnection(null, { fields: ["url"] }), "people");
  const pages = Array.fromAsync(source.pages(null, { gone: false, signal: never }));
  const said = await pages.then(String, String);
  expect(said).toContain("No such hook");
  expect(said).not.toContain("s3cret");
});
