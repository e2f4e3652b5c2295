import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { dropbox, metaOf, put } from "./dropbox-call.ts";

async function inFolder(use: (folder: string) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "tieline-dropbox-"));
  try {
    await use(folder);
  } finally {
    await rm(folder, { recursive: true });
  }
}

test("files, bytes, cursors, revisions and uploads under way are found again", () =>
  inFolder(async (folder) => {
    const before = await (async () => {
      await using one = await dropbox({ folder });
      const first = await put(one, "/kept.txt", "first");
      const second = await put(one, "/kept.txt", "second", { mode: "overwrite" });
      const { cursor } = (await one.rpc("files/list_folder", { path: "", recursive: true })).body as { cursor: string }; // prettier-ignore
      const begun = await one.content("files/upload_session/start", {}, "half ");
      const { session_id } = begun.body as { session_id: string };
      return { first, second, cursor, session_id };
    })();
    await using one = await dropbox({ folder });
    expect(one.tool.stats()).toMatchObject({ objects: { files: 11 }, creates: 0 });
    const { first, second, cursor, session_id } = before;
    const old = await one.content("files/download", { path: `rev:${first.rev}` });
    expect(old.bytes.toString()).toBe("first");
    const meta = await one.rpc("files/get_metadata", { path: second.id });
    expect(meta.body).toEqual({ ".tag": "file", ...second });
    const commit = { cursor: { session_id, offset: 5 }, commit: { path: "/whole.txt" } };
    const done = metaOf(await one.content("files/upload_session/finish", commit, "and half"));
    const delta = await one.rpc("files/list_folder/continue", { cursor });
    expect(delta.body).toMatchObject({ entries: [{ ".tag": "file", id: done.id, size: 13 }] });
    const third = await put(one, "/kept.txt", "third", { mode: "overwrite" });
    expect([first.rev, second.rev]).not.toContain(third.rev);
  }));

test("people see the files, and change them, in a browser", async () => {
  await using one = await dropbox({ seed: 12 });
  const { id, path_display } = await put(one, "/Letters/a.txt", "x");
  const page = await (await fetch(`${one.tool.base_url}/`)).text();
  expect(page).toContain("Dropbox");
  expect(page).toContain(path_display.split("/").at(-1));
  const saved = await fetch(`${one.tool.base_url}/_record/files/${encodeURIComponent(id)}`, {
    method: "POST",
    body: new URLSearchParams({ path: "/Letters/b.txt" }),
    redirect: "manual",
  });
  expect(saved.status).toBe(303);
  const moved = await one.rpc("files/get_metadata", { path: id });
  expect(moved.body).toMatchObject({ path_display: "/Letters/b.txt" });
  expect(await (await fetch(`${one.tool.base_url}/_objects/folders`)).text()).toContain("Letters");
});

test("more files can be made up, and some of the first are awkward unless it is not wanted", async () => {
  await using one = await dropbox({ seed: 40, flaws: true });
  expect(one.tool.stats()).toMatchObject({ objects: { files: 40 } });
  expect((await one.control("/_seed", { files: 5 })).body).toEqual({ records: 45 });
  const odd = await one.rpc("files/list_folder", { path: "/odds and ends", include_deleted: true });
  const { entries } = odd.body as { entries: { ".tag": string; size?: number }[] };
  expect(entries.some((entry) => entry[".tag"] === "deleted")).toBe(true);
  expect(entries.some(({ size }) => size === 0)).toBe(true);
  const made = await one.control("/_edit", { set: { path: "/By hand.txt", content: "hi" } });
  expect(made.body).toMatchObject({ ".tag": "file", size: 2 });
  expect((await one.control("/_edit", { set: { size: 2 } })).status).toBe(400);
});
