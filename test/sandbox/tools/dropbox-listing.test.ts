import { expect, test } from "vitest";
import { type Dropbox, dropbox, errorOf, type Meta, put } from "./dropbox-call.ts";

type Listed = { entries: Meta[]; cursor: string; has_more: boolean };

const list = async (one: Dropbox, arg: object = {}) =>
  (await one.rpc("files/list_folder", { path: "", ...arg })).body as Listed;
const more = async (one: Dropbox, cursor: string) =>
  (await one.rpc("files/list_folder/continue", { cursor })).body as Listed;

async function readAll(one: Dropbox, arg: object): Promise<{ pages: Meta[][]; cursor: string }> {
  let page = await list(one, arg);
  const pages = [page.entries];
  while (page.has_more) {
    page = await more(one, page.cursor);
    pages.push(page.entries);
  }
  return { pages, cursor: page.cursor };
}

const told = (entries: Meta[]) => entries.map((entry) => `${entry[".tag"] ?? ""} ${entry.path_display}`); // prettier-ignore

test("a folder is listed without what is below, or with it, parents first", async () => {
  await using one = await dropbox({ seed: 0 });
  await put(one, "/A/B/c.txt", "c");
  await put(one, "/d.txt", "d");
  expect(told((await list(one)).entries)).toEqual(["folder /A", "file /d.txt"]);
  const deep = ["folder /A", "folder /A/B", "file /A/B/c.txt", "file /d.txt"];
  expect(told((await list(one, { recursive: true })).entries)).toEqual(deep);
  expect(told((await list(one, { path: "/a" })).entries)).toEqual(["folder /A/B"]);
  expect(told((await list(one, { path: "/a", recursive: true })).entries)).toEqual(deep.slice(0, 3)); // prettier-ignore
});

test("pages come by the cursor, and may hold one more than was asked for", async () => {
  await using exact = await dropbox({ seed: 12 });
  const { pages } = await readAll(exact, { recursive: true, limit: 5 });
  expect(pages.slice(0, -1).every((page) => page.length === 5)).toBe(true);
  await using one = await dropbox({ seed: 30, flaws: true });
  const first = await list(one, { recursive: true, limit: 5 });
  expect([first.entries.length, first.has_more]).toEqual([6, true]);
  const { pages: all } = await readAll(one, { recursive: true, limit: 5 });
  const files = all.flat().filter((entry) => entry[".tag"] === "file");
  expect(new Set(files.map(({ id }) => id)).size).toBe(30);
});

test("the same cursor then tells what changed, in the order in which to apply it", async () => {
  await using one = await dropbox({ seed: 0 });
  await put(one, "/A/a.txt", "1");
  await put(one, "/b.txt", "1");
  const { cursor } = await readAll(one, { recursive: true });
  expect((await more(one, cursor)).entries).toEqual([]);
  await put(one, "/b.txt", "2", { mode: "overwrite" });
  await one.rpc("files/move_v2", { from_path: "/A", to_path: "/Z" });
  await put(one, "/A", "now a file");
  const delta = await more(one, cursor);
  // Of a folder that went, only the folder is told.
  expect(told(delta.entries)).toEqual(["file /b.txt", "deleted /A", "folder /Z", "file /Z/a.txt", "file /A"]); // prettier-ignore
  expect(delta.entries.find((entry) => entry[".tag"] === "deleted")).toEqual({
    ".tag": "deleted",
    name: "A",
    path_lower: "/a",
    path_display: "/A",
  });
  expect((await more(one, delta.cursor)).entries).toEqual([]);
});

test("what was deleted is in a list only if asked for", async () => {
  await using one = await dropbox({ seed: 0 });
  await put(one, "/A/a.txt", "1");
  await one.rpc("files/delete_v2", { path: "/A" });
  expect((await list(one, { recursive: true })).entries).toEqual([]);
  const all = await list(one, { recursive: true, include_deleted: true });
  expect(told(all.entries)).toEqual(["deleted /A/a.txt", "deleted /A"]);
});

test("a change during a list is told after it, not lost", async () => {
  await using one = await dropbox({ seed: 0 });
  for (const name of ["a", "b", "c", "d"]) await put(one, `/${name}.txt`, name);
  const first = await list(one, { limit: 2 });
  await put(one, "/a.txt", "changed", { mode: "overwrite" });
  await one.rpc("files/delete_v2", { path: "/b.txt" });
  const rest = await more(one, first.cursor);
  const last = rest.has_more ? await more(one, rest.cursor) : { entries: [] };
  const after = [...rest.entries, ...last.entries];
  expect(told(after)).toEqual(["file /c.txt", "file /d.txt", "file /a.txt", "deleted /b.txt"]);
});

test("a cursor from now on tells only what comes", async () => {
  await using one = await dropbox();
  const { cursor } = (await one.rpc("files/list_folder/get_latest_cursor", { path: "", recursive: true })).body as { cursor: string }; // prettier-ignore
  expect((await more(one, cursor)).entries).toEqual([]);
  await put(one, "/new.txt", "1");
  expect(told((await more(one, cursor)).entries)).toEqual(["file /new.txt"]);
});

test("to change capitals alone is nothing a cursor tells of", async () => {
  await using one = await dropbox({ seed: 0 });
  const { id } = await put(one, "/a.txt", "1");
  const { cursor } = await list(one);
  await one.control("/_edit", { id, set: { name: "A.TXT" } });
  expect((await more(one, cursor)).entries).toEqual([]);
  const seen = await one.rpc("files/get_metadata", { path: "/a.txt" });
  expect(seen.body).toMatchObject({ name: "A.TXT", path_lower: "/a.txt" });
  await one.control("/_edit", { id, set: { content: "by hand", path: "/moved.txt" } });
  expect(told((await more(one, cursor)).entries)).toEqual(["deleted /A.TXT", "file /moved.txt"]);
});

test("cursors are reset, expire, or never were, and a list may be of nothing", async () => {
  await using one = await dropbox();
  const { cursor } = await list(one);
  await one.control("/_config", { reset_cursors: true });
  const next = (text: string) => one.rpc("files/list_folder/continue", { cursor: text });
  const reset = await next(cursor);
  expect(reset.body).toMatchObject({ error: { ".tag": "reset" } });
  expect(errorOf(await one.rpc("files/list_folder/longpoll", { cursor }))).toBe("409 reset");
  const fresh = await list(one);
  await one.control("/_config", { cursor_ms: 0 });
  expect(errorOf(await next(fresh.cursor))).toBe("409 reset");
  expect((await next("nonsense")).status).toBe(400);
  expect(errorOf(await one.rpc("files/list_folder", { path: "/none" }))).toBe("409 path/not_found");
  await put(one, "/file.txt", "1");
  const file = await one.rpc("files/list_folder", { path: "/file.txt" });
  expect(errorOf(file)).toBe("409 path/not_folder");
});

test("a list whose folder is gone is not found", async () => {
  await using one = await dropbox({ seed: 0 });
  await put(one, "/A/a.txt", "1");
  const { cursor } = await list(one, { path: "/A" });
  await one.rpc("files/delete_v2", { path: "/A" });
  expect(errorOf(await one.rpc("files/list_folder/continue", { cursor }))).toBe("409 path/not_found"); // prettier-ignore
});

test("waiting ends when something changes where one listens, or when the time is over", async () => {
  await using one = await dropbox({ seed: 0 });
  await one.rpc("files/create_folder_v2", { path: "/A" });
  const { cursor } = await list(one, { path: "/A" });
  const wait = async (text: string) =>
    (await one.rpc("files/list_folder/longpoll", { cursor: text, timeout: 30 })).body;
  const pending = wait(cursor);
  await put(one, "/elsewhere.txt", "1");
  await put(one, "/A/here.txt", "1");
  expect(await pending).toEqual({ changes: true });
  await one.control("/_config", { longpoll_ms: 20 });
  const { cursor: later } = await more(one, cursor);
  expect(await wait(later)).toEqual({ changes: false });
  const signed = await one.rpc("files/list_folder/longpoll", { cursor }, { authorization: "Bearer sl.x" }); // prettier-ignore
  expect(signed.body).toContain("Your request includes an Authorization header");
});
