import { expect, test } from "vitest";
import { dropbox, errorOf } from "./dropbox-call.ts";

const json = { "content-type": "application/json" };
const WHERE = 'Error in call to API function "files/list_folder": request body: ';

test.each([
  [{ path: "/" }, "path: Specify the root folder as an empty string"],
  [{ path: "none" }, "path: 'none' did not match pattern"],
  [{}, "path: missing required field"],
  [{ path: 5 }, "path: expected string, got number"],
  [{ path: "", depth: 3 }, "unknown field 'depth'"],
  [{ path: "", limit: 0 }, "limit: "],
  [{ path: "", limit: 2001 }, "limit: "],
  [{ path: "", recursive: "true" }, "recursive: expected boolean, got string"],
  [[], "expected object"],
])("the argument %j is refused in plain text", async (arg, words) => {
  await using one = await dropbox({ seed: 0 });
  const answer = await one.rpc("files/list_folder", arg);
  expect(answer.status).toBe(400);
  expect(answer.headers.get("content-type")).toBe("text/plain; charset=utf-8");
  expect(answer.body).toContain(WHERE + words);
});

test("a request that is not one is refused in plain text", async () => {
  await using one = await dropbox({ seed: 0 });
  const auth = { authorization: "Bearer sl.simulated-lasting-access-token" };
  const call = async (name: string, init: RequestInit) => {
    const { status, body } = await one.raw(`/2/${name}`, { method: "POST", ...init });
    return `${String(status)} ${String(body)}`;
  };
  expect(await call("files/list_folder", { headers: { ...auth, ...json }, body: "{" })).toContain("could not decode input as JSON"); // prettier-ignore
  expect(await call("files/list_folder", { headers: auth, body: '{"path":""}' })).toContain('Bad HTTP "Content-Type" header'); // prettier-ignore
  expect(await call("files/list_folder", { headers: json, body: '{"path":""}' })).toContain('400 Error in call to API function "files/list_folder": Must provide HTTP header "Authorization"'); // prettier-ignore
  expect(await call("files/list_folder", { headers: { authorization: "Basic x", ...json } })).toContain("Invalid authorization value"); // prettier-ignore
  expect(await call("files/list_folder", { headers: { authorization: "Bearer abc", ...json } })).toContain("malformed"); // prettier-ignore
  expect(await call("files/list_folder_v9", { headers: { ...auth, ...json }, body: "{}" })).toContain("Unknown API function"); // prettier-ignore
  expect(await call("users/get_current_account", { headers: { ...auth, ...json }, body: "{}" })).toContain("expected null"); // prettier-ignore
  expect(await call("files/upload", { headers: { ...auth, "content-type": "application/octet-stream" }, body: "x" })).toContain('Must provide HTTP header "Dropbox-API-Arg"'); // prettier-ignore
  expect((await one.raw("/2/files/list_folder", { method: "GET", headers: auth })).status).toBe(405); // prettier-ignore
});

test("a letter beyond ASCII in the header has to be escaped", async () => {
  await using one = await dropbox({ seed: 0 });
  const arg = Buffer.from('{"path":"/é.txt"}').toString("latin1");
  const raw = await one.content("files/upload", {}, "x", { "dropbox-api-arg": arg });
  expect(raw.body).toContain('HTTP header "Dropbox-API-Arg": could not decode input as JSON');
  expect((await one.content("files/upload", { path: "/é.txt" }, "x")).status).toBe(200);
  const type = await one.content("files/upload", { path: "/b" }, "x", json);
  expect(type.body).toContain('Bad HTTP "Content-Type" header: "application/json"');
});

test("another root than the account's own is refused with the right one", async () => {
  await using one = await dropbox({ seed: 0 });
  const at = (root: object) =>
    one.rpc("files/list_folder", { path: "" }, { "dropbox-api-path-root": JSON.stringify(root) });
  const own = String(one.tool.settings["root_namespace_id"]);
  expect((await at({ ".tag": "root", root: own })).status).toBe(200);
  expect((await at({ ".tag": "home" })).status).toBe(200);
  const wrong = await at({ ".tag": "root", root: "1" });
  expect(wrong.status).toBe(422);
  expect(wrong.body).toMatchObject({
    error: { ".tag": "invalid_root", invalid_root: { root_namespace_id: own } },
  });
  expect((await at({})).status).toBe(400);
  const team = { "dropbox-api-select-user": "dbmid:1" };
  expect((await one.rpc("files/list_folder", { path: "" }, team)).status).toBe(400);
});

test("a path may begin with the namespace", async () => {
  await using one = await dropbox({ seed: 0 });
  const own = String(one.tool.settings["root_namespace_id"]);
  await one.content("files/upload", { path: `ns:${own}/a.txt` }, "x");
  const found = await one.rpc("files/get_metadata", { path: "/a.txt" });
  expect(found.body).toMatchObject({ path_display: "/a.txt" });
  expect(errorOf(await one.rpc("files/get_metadata", { path: "ns:1/a.txt" }))).toBe("409 path/not_found"); // prettier-ignore
});

test("the dots behind an error's summary vary", async () => {
  await using one = await dropbox({ seed: 0 });
  const summaries = new Set<string>();
  for (let n = 0; n < 4; n += 1) {
    const { body } = await one.rpc("files/get_metadata", { path: "/none" });
    summaries.add((body as { error_summary: string }).error_summary);
  }
  expect(summaries.size).toBe(4);
});

test("the account says whose it is", async () => {
  await using one = await dropbox({ seed: 0 });
  const { body } = await one.rpc("users/get_current_account");
  expect(body).toMatchObject({
    account_id: one.tool.settings["account_id"],
    email: "olivia@harbour-and-sons.example",
    root_info: { ".tag": "user" },
  });
  expect((body as { account_id: string }).account_id).toHaveLength(40);
});
