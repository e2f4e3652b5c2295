import { describe, expect, test } from "vitest";
import type { Json } from "#domain/json.ts";
import { asRead, type SourceRecord } from "#domain/record.ts";
import { bytesOf, hashOf } from "../../matrix/file-bytes.ts";
import { never } from "../world.ts";
import { create, holding, idOf, type Opened, openFiles, send, type Tool } from "./world.ts";

const tools: Tool[] = ["dropbox", "google-drive"];
const edit = (tool: Opened, body: object) =>
  fetch(`${tool.tool.base_url}/_edit`, { method: "POST", body: JSON.stringify(body) });

async function readAll(tool: Opened, from: Json | null = null) {
  const records = new Map<string, SourceRecord>();
  let checkpoint: Json = null;
  for await (const page of tool.source.pages(from, { gone: true, signal: never })) {
    for (const record of page.records) records.set(record.id, asRead(record));
    ({ checkpoint } = page);
  }
  return { records, checkpoint };
}

const pathOf = (record: SourceRecord | undefined): unknown =>
  record?.content.kind === "live" ? record.content.fields["path"] : record?.content.kind;

describe.each(tools)("%s", (tool) => {
  test("folders are made on the way, once, in whatever order records come", async () => {
    await using to = await openFiles(tool);
    const target = to.target();
    const paths = ["/A/B/C/deep.txt", "/A/B/other.txt", "/A/x.txt", "/A/B/C/deeper.txt"];
    await Promise.all(paths.map((path) => send(target, create({ path, kind: "file" }, path))));
    // The folders come as records of their own afterwards, and are those.
    for (const path of ["/A/B/C", "/A", "/A/B"]) idOf(await send(target, create({ path, kind: "folder" }))); // prettier-ignore
    const { records } = await readAll(to);
    const found = [...records.values()].map(pathOf).sort();
    expect(found).toEqual([...paths, "/A", "/A/B", "/A/B/C"].sort());
  });

  test("limits are kept: nothing is turned away for being too much at once", async () => {
    await using to = await openFiles(tool, { limits: true });
    const target = to.target();
    const writes = Array.from({ length: 12 }, (_, n) => create({ path: `/Many/${String(n)}.txt`, kind: "file" }, `k${String(n)}`)); // prettier-ignore
    const queue = [...writes];
    const lanes = Array.from({ length: target.parallel }, async () => {
      for (let next = queue.shift(); next !== undefined; next = queue.shift()) idOf(await send(target, next)); // prettier-ignore
    });
    await Promise.all(lanes);
    expect(to.tool.stats().limited).toBe(0);
    expect((await readAll(to)).records.size).toBe(13);
  });

  test("a file without bytes of its own is told of, and not taken for an empty one", async () => {
    await using from = await openFiles(tool, { seed: 40, flaws: true });
    const { records } = await readAll(from);
    const problems = [...records.values()].flatMap(({ content }) =>
      content.kind === "live" ? content.problems : [],
    );
    expect(problems.length).toBeGreaterThan(0);
    expect(problems.every(({ code, field }) => code === "NO_BYTES" && field === "content")).toBe(true); // prettier-ignore
    expect(problems[0]?.message).toMatch(/no bytes of its own/);
  });
});

test("Drive tells of what is in the trash, deleted for good, and moved elsewhere", async () => {
  await using drive = await openFiles("google-drive");
  const bytes = bytesOf(1);
  const target = drive.target(holding(bytes, hashOf(bytes)));
  const [one, two, three] = await Promise.all(
    ["/F/1.txt", "/F/2.txt", "/F/3.txt"].map(async (path) => idOf(await send(target, create({ path, kind: "file", content: hashOf(bytes) }, path)))), // prettier-ignore
  );
  const { checkpoint } = await readAll(drive);
  await edit(drive, { id: one, object: "files", set: { trashed: true } });
  await edit(drive, { id: two, object: "files", set: { deleted: true } });
  await edit(drive, { id: three, object: "files", set: { name: "new.txt" } });
  const { records } = await readAll(drive, checkpoint);
  expect([one, two, three].map((id) => pathOf(records.get(id ?? "")))).toEqual(["gone", "gone", "/F/new.txt"]); // prettier-ignore
});

test("a shared drive is read and written by its setting, and nothing outside it", async () => {
  await using drive = await openFiles("google-drive", { seed: 20 }, { shared_drive: "0AHarbourSharedDrivePVA" }); // prettier-ignore
  const before = (await readAll(drive)).records.size;
  expect(before).toBeGreaterThan(0);
  expect(before).toBeLessThan(20);
  const bytes = bytesOf(1);
  const target = drive.target(holding(bytes, hashOf(bytes)));
  const id = idOf(await send(target, create({ path: "/New/a.txt", kind: "file", content: hashOf(bytes) }))); // prettier-ignore
  const { records } = await readAll(drive);
  expect(records.size).toBe(before + 2);
  expect(pathOf(records.get(id))).toBe("/New/a.txt");
});
