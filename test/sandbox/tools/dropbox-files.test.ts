import { expect, test } from "vitest";
import { contentHash } from "#sandbox/tools/dropbox/content-hash.ts";
import { dropbox, errorOf, metaOf, put } from "./dropbox-call.ts";

test.each([
  ["", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"],
  ["hello", "9595c9df90075148eb06860365df33584b75bff782a510c6cd4883a419833d50"],
  [4 * 1024 * 1024, "c7e946d101855255d919ef0c70718633adf77d3dfb3adeeecf5d0cb4e951be58"],
  [4 * 1024 * 1024 + 1, "14a4d47f23a30177885d9820122f17d2d3a55fe63f7f5c27b95f689e0b2accd6"],
])("the content hash of %j is %s", (what, hash) => {
  expect(contentHash(typeof what === "string" ? Buffer.from(what) : Buffer.alloc(what))).toBe(hash);
});

test("a file is uploaded with what is missing above it, and comes down again", async () => {
  await using one = await dropbox({ seed: 0 });
  const made = await put(one, "/Rapports/Été/Zoë 🌸.txt", "héllo");
  expect(made).toMatchObject({
    name: "Zoë 🌸.txt",
    path_lower: "/rapports/été/zoë 🌸.txt",
    path_display: "/Rapports/Été/Zoë 🌸.txt",
    size: 6,
    is_downloadable: true,
  });
  expect(made.rev).toMatch(/^[0-9a-f]{9,}$/);
  const down = await one.content("files/download", { path: "/RAPPORTS/été/zoë 🌸.TXT" });
  expect(down.bytes.toString()).toBe("héllo");
  const header = down.headers.get("dropbox-api-result") ?? "";
  expect(header).toMatch(/^[\x20-\x7e]+$/);
  expect(JSON.parse(header)).toEqual(made);
  const part = await one.content("files/download", { path: made.id }, undefined, { range: "bytes=1-2" }); // prettier-ignore
  expect([part.status, part.bytes.toString()]).toEqual([206, "é"]);
});

test("metadata is found by path, by id and by revision, and not for the root", async () => {
  await using one = await dropbox({ seed: 0 });
  const made = await put(one, "/A/b.txt", "1");
  const meta = async (path: string, more: object = {}) =>
    one.rpc("files/get_metadata", { path, ...more });
  for (const path of ["/a/B.TXT", made.id, `rev:${made.rev}`])
    expect((await meta(path)).body).toEqual({ ".tag": "file", ...made });
  expect((await meta("/A")).body).toMatchObject({ ".tag": "folder", name: "A" });
  expect(errorOf(await meta("/none"))).toBe("409 path/not_found");
  expect(errorOf(await meta("/A//b.txt"))).toBe("409 path/malformed_path");
  expect((await meta("/")).body).toContain("The root folder is unsupported");
  expect((await meta("")).status).toBe(400);
  await one.rpc("files/delete_v2", { path: "/A" });
  expect(errorOf(await meta("/A/b.txt"))).toBe("409 path/not_found");
  expect((await meta("/A/b.txt", { include_deleted: true })).body).toEqual({
    ".tag": "deleted",
    name: "b.txt",
    path_lower: "/a/b.txt",
    path_display: "/A/b.txt",
  });
});

test("folders are made, moved with what is in them, and deleted", async () => {
  await using one = await dropbox({ seed: 0 });
  const made = await one.rpc("files/create_folder_v2", { path: "/One" });
  expect(made.body).toMatchObject({ metadata: { name: "One", path_lower: "/one" } });
  expect(errorOf(await one.rpc("files/create_folder_v2", { path: "/ONE" }))).toBe("409 path/conflict/folder"); // prettier-ignore
  const again = await one.rpc("files/create_folder_v2", { path: "/One", autorename: true });
  expect(again.body).toMatchObject({ metadata: { name: "One (1)" } });
  const file = await put(one, "/One/in/a.txt", "x");
  const moved = await one.rpc("files/move_v2", { from_path: "/One", to_path: "/Two/Three" });
  expect(moved.body).toMatchObject({ metadata: { ".tag": "folder", path_display: "/Two/Three" } });
  const after = await one.rpc("files/get_metadata", { path: file.id });
  expect(after.body).toMatchObject({ path_display: "/Two/Three/in/a.txt", rev: file.rev });
  const gone = await one.rpc("files/delete_v2", { path: "/two" });
  expect(gone.body).toMatchObject({ metadata: { ".tag": "folder", name: "Two" } });
  expect(errorOf(await one.rpc("files/get_metadata", { path: file.id }))).toBe("409 path/not_found"); // prettier-ignore
  expect(errorOf(await one.rpc("files/delete_v2", { path: "/two" }))).toBe("409 path_lookup/not_found"); // prettier-ignore
});

test("a move is refused into itself, onto something, from nothing, and by capitals alone", async () => {
  await using one = await dropbox({ seed: 0 });
  await put(one, "/A/a.txt", "a");
  await put(one, "/b.txt", "b");
  const move = async (from_path: string, to_path: string, more: object = {}) =>
    one.rpc("files/move_v2", { from_path, to_path, ...more });
  expect(errorOf(await move("/A", "/A/in"))).toBe("409 cant_move_folder_into_itself");
  expect(errorOf(await move("/A/a.txt", "/b.txt"))).toBe("409 to/conflict/file");
  expect(errorOf(await move("/b.txt", "/A"))).toBe("409 to/conflict/folder");
  expect(errorOf(await move("/b.txt", "/A/a.txt/c"))).toBe("409 to/conflict/file_ancestor");
  expect(errorOf(await move("/c.txt", "/d.txt"))).toBe("409 from_lookup/not_found");
  expect(errorOf(await move("/b.txt", "/B.txt"))).toBe("409 to/conflict/file");
  const beside = await move("/A/a.txt", "/b.txt", { autorename: true });
  expect(beside.body).toMatchObject({ metadata: { name: "b (1).txt" } });
});

test("a delete may ask for a revision", async () => {
  await using one = await dropbox({ seed: 0 });
  const first = await put(one, "/a.txt", "1");
  const second = await put(one, "/a.txt", "2", { mode: "overwrite" });
  const remove = (parent_rev: string) => one.rpc("files/delete_v2", { path: "/a.txt", parent_rev });
  expect(errorOf(await remove(first.rev))).toBe("409 path_write/conflict/file");
  expect((await remove(second.rev)).body).toEqual({ metadata: { ".tag": "file", ...second } });
});

test("many are deleted as a job, each for itself", async () => {
  await using one = await dropbox({ seed: 0 });
  await put(one, "/a.txt", "1");
  const launched = await one.rpc("files/delete_batch", { entries: [{ path: "/a.txt" }, { path: "/b.txt" }] }); // prettier-ignore
  const { async_job_id } = launched.body as { async_job_id: string };
  const check = () => one.rpc("files/delete_batch/check", { async_job_id });
  expect((await check()).body).toEqual({ ".tag": "in_progress" });
  expect((await check()).body).toMatchObject({
    entries: [
      { ".tag": "success", metadata: { ".tag": "file", name: "a.txt" } },
      { ".tag": "failure", failure: { ".tag": "path_lookup", path_lookup: { ".tag": "not_found" } } }, // prettier-ignore
    ],
  });
  const unknown = await one.rpc("files/delete_batch/check", { async_job_id: "none" });
  expect(errorOf(unknown)).toBe("409 invalid_async_job_id");
  const many = Array.from({ length: 1001 }, () => ({ path: "/a.txt" }));
  expect((await one.rpc("files/delete_batch", { entries: many })).status).toBe(400);
});

test("what a file was before can be listed and read", async () => {
  await using one = await dropbox({ seed: 0 });
  const first = await put(one, "/a.txt", "one");
  const second = await put(one, "/a.txt", "two", { mode: "overwrite" });
  const old = await one.content("files/download", { path: `rev:${first.rev}` });
  expect(old.bytes.toString()).toBe("one");
  const list = async (arg: object) => (await one.rpc("files/list_revisions", arg)).body;
  expect(await list({ path: "/a.txt" })).toEqual({ is_deleted: false, entries: [second, first], has_more: false }); // prettier-ignore
  expect(await list({ path: "/a.txt", limit: 1 })).toMatchObject({ has_more: true });
  expect(await list({ path: "/a.txt", before_rev: second.rev })).toMatchObject({ entries: [first] });
  await one.rpc("files/delete_v2", { path: "/a.txt" });
  expect(await list({ path: "/a.txt" })).toMatchObject({ is_deleted: true });
  expect(errorOf(await one.rpc("files/list_revisions", { path: "/b" }))).toBe("409 path/not_found");
}); // prettier-ignore

test("a link gives the bytes to anybody, for some hours", async () => {
  await using one = await dropbox({ seed: 0 });
  await put(one, "/a.txt", "linked");
  const { link } = (await one.rpc("files/get_temporary_link", { path: "/a.txt" })).body as { link: string }; // prettier-ignore
  expect(await (await fetch(link)).text()).toBe("linked");
  await one.control("/_config", { link_ms: 0 });
  const late = (await one.rpc("files/get_temporary_link", { path: "/a.txt" })).body as { link: string }; // prettier-ignore
  expect((await fetch(late.link)).status).toBe(410);
});

test("what cannot be downloaded says so, and folders are no files", async () => {
  await using one = await dropbox({ seed: 30, flaws: true });
  const paper = await one.content("files/download", { path: "/Odds and ends/Team plan.paper" });
  expect(errorOf(paper)).toBe("409 unsupported_file");
  const meta = metaOf(await one.rpc("files/get_metadata", { path: "/Odds and ends/Team plan.paper" })); // prettier-ignore
  expect(meta).toMatchObject({ is_downloadable: false, export_info: { export_as: "markdown" } });
  expect(meta).not.toHaveProperty("content_hash");
  expect(errorOf(await one.content("files/download", { path: "/Odds and ends" }))).toBe("409 path/not_file"); // prettier-ignore
  // A folder is shown as it was first written, whatever is written later.
  const lower = await one.rpc("files/get_metadata", { path: "/odds and ends/lower.txt" });
  expect(lower.body).toMatchObject({ path_display: "/Odds and ends/Lower.txt" });
});
