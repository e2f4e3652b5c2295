import fc from "fast-check";
import { expect, test } from "vitest";
import { safeName, toldName } from "#connectors/files/safe-name.ts";
import { never } from "../world.ts";
import { create, idOf, openFiles, send } from "./world.ts";

const dangerous = fc.string({
  unit: fc.constantFrom("a", "é", "李", " ", ".", "\\", "\t", "\u0001", "\x7f", "😀", ":", "?"),
  maxLength: 60,
});

test("a name is made safe in one way, and told back as it was", () => {
  fc.assert(
    fc.property(dangerous, (name) => {
      const safe = safeName(name);
      expect(safe).toBe(safeName(name));
      expect(safe).toBe(safeName(safe));
      expect(safe).not.toMatch(/[\\\p{Cc}]|[ .]$/u);
      expect(toldName(safe)).toBe(name);
    }),
  );
});

test("a name of more than 255 bytes is cut, keeps its ending, and stays apart from its like", () => {
  const long = "李".repeat(120);
  const [one, other] = [safeName(`${long}1.txt`), safeName(`${long}2.txt`)];
  expect(Buffer.byteLength(one)).toBeLessThanOrEqual(255);
  expect(one).toMatch(/~[0-9a-f]{12}\.txt$/);
  expect(one).not.toBe(other);
  expect(safeName(one)).toBe(one);
  // Whole letters, each of which may be several.
  expect(safeName("👨‍👩‍👧".repeat(40)).isWellFormed()).toBe(true);
});

test("what Dropbox does not take arrives there under a safe name, and is found by its own", async () => {
  await using dropbox = await openFiles("dropbox");
  const target = dropbox.target();
  const paths = ["/A \\ B/ends with a dot.", "/A \\ B/ends with space ", "/tab\there", `/${"long ".repeat(60)}.txt`]; // prettier-ignore
  for (const path of paths) {
    const id = idOf(await send(target, create({ path, kind: "file" })));
    const [found] = await target.find("path", [path], never);
    expect(found?.map((record) => record.id)).toEqual([id]);
    if (path.length < 255) expect(found?.[0]?.fields["path"]).toBe(path);
  }
});

test("two that would become one in Dropbox are refused, and nothing is written over", async () => {
  await using dropbox = await openFiles("dropbox");
  const target = dropbox.target();
  idOf(await send(target, create({ path: "/Contract.pdf", kind: "file" })));
  // The same empty bytes, which Dropbox would otherwise take for no change at all.
  for (const [path, kind] of [
    ["/contract.PDF", "file"],
    ["/contract.pdf", "folder"],
  ] as const)
    expect(await send(target, create({ path, kind }))).toMatchObject({
      kind: "rejected",
      problem: { class: "conflict", field: "path" },
    });
});

test("a slash in a name of Drive's is another sign in the path, and a slash again in Drive", async () => {
  await using drive = await openFiles("google-drive");
  const made = await fetch(`${drive.tool.base_url}/_edit`, {
    method: "POST",
    body: JSON.stringify({ object: "files", set: { name: "Q1/Q2.txt", content: "x" } }),
  });
  expect(made.ok).toBe(true);
  const target = drive.target();
  const [[found] = []] = await target.find("path", ["/Q1\u2215Q2.txt"], never);
  expect(found?.fields).toMatchObject({ path: "/Q1\u2215Q2.txt", name: "Q1/Q2.txt" });
  const { id = "" } = found ?? {};
  const fields = { path: "/Sub/Q3\u2215Q4.txt" };
  await send(target, { kind: "update", key: "k", hash: "h", id, version: null, fields });
  const [now] = await target.read([id], never);
  expect(now?.fields).toMatchObject({ ...fields, name: "Q3/Q4.txt" });
});
