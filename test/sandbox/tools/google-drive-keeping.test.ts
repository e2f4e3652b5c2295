import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { drive, filesIn, idOf, related, search, uploadPath } from "./google-drive-call.ts";

async function inFolder(use: (folder: string) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "tieline-drive-"));
  try {
    await use(folder);
  } finally {
    await rm(folder, { recursive: true });
  }
}

test("files, bytes, feeds, keys and uploads under way are found again", () =>
  inFolder(async (folder) => {
    const before = await (async () => {
      await using one = await drive({ folder });
      const { startPageToken } = (await one.get("changes/startPageToken")).body as { startPageToken: string }; // prettier-ignore
      const body = related({ name: "kept.txt" }, "text/plain", Buffer.from("kept"));
      const id = idOf(await one.call(uploadPath("uploadType=multipart"), body));
      const begun = await one.call(uploadPath("uploadType=resumable"), { method: "POST" });
      const session = new URL(begun.headers.get("location") ?? "");
      const bytes = new Uint8Array(262_144);
      const headers = { "content-range": "bytes 0-262143/262148" };
      expect((await fetch(session, { method: "PUT", headers, body: bytes })).status).toBe(308);
      return { id, session, startPageToken, key: one.tool.credential["service_account"] };
    })();
    await using one = await drive({ folder });
    expect(one.tool.stats()).toMatchObject({ objects: { files: 11 }, creates: 0 });
    expect((await one.get(`files/${before.id}?alt=media`)).bytes.toString()).toBe("kept");
    const feed = await one.get(`changes?pageToken=${before.startPageToken}`);
    expect(feed.body).toMatchObject({ changes: [{ fileId: before.id }] });
    const key = (text: unknown) => (JSON.parse(String(text)) as { private_key: string }).private_key; // prettier-ignore
    expect(key(one.tool.credential["service_account"])).toBe(key(before.key));
    const session = `${one.tool.base_url}${before.session.pathname}${before.session.search}`;
    const headers = { "content-range": "bytes 262144-262147/262148" };
    const done = await fetch(session, { method: "PUT", headers, body: "tail" });
    expect(done.status).toBe(200);
    expect(filesIn(await one.get(search("name = 'Untitled'")))).toHaveLength(1);
  }));

test("people see the files, and change them, in a browser", async () => {
  await using one = await drive({ seed: 12 });
  const [file] = filesIn(await one.get(search("mimeType='text/csv'")));
  const page = await (await fetch(`${one.tool.base_url}/`)).text();
  expect(page).toContain("Google Drive");
  expect(page).toContain(file?.name);
  const record = `${one.tool.base_url}/_record/files/${file?.id ?? ""}`;
  const saved = await fetch(record, {
    method: "POST",
    body: new URLSearchParams({ name: "Renamed.csv", description: "" }),
    redirect: "manual",
  });
  expect(saved.status).toBe(303);
  expect((await one.get(`files/${file?.id ?? ""}`)).body).toMatchObject({ name: "Renamed.csv" });
  expect(await (await fetch(`${one.tool.base_url}/_objects/folders`)).text()).toContain("My Drive");
});
