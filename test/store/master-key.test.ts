import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { Mistake } from "#domain/errors.ts";
import { openMasterKey } from "#store/master-key.ts";
import { sealing } from "#store/sealing.ts";

async function inFolder(use: (dir: string) => Promise<void>): Promise<void> {
  const dir = mkdtempSync(join(tmpdir(), "tieline-key-"));
  try {
    await use(dir);
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}
const opened = (dir: string, more: { key?: string; keyFile?: string } = {}) =>
  openMasterKey({ key: null, keyFile: null, dir, databaseFolder: join(dir, "database"), ...more });

test("the first start makes a key for its owner alone, the next ones use it", () =>
  inFolder(async (dir) => {
    const place = { table: "secrets", row: "crm", field: "kept" };
    const sealed = (await opened(dir)).seal("canary", place);
    const file = join(dir, "keys", "master.key");
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(statSync(join(dir, "keys")).mode & 0o777).toBe(0o700);
    expect((await opened(dir)).open(sealed, place)).toBe("canary");
    const key = readFileSync(file, "utf8").trim();
    expect((await opened(join(dir, "elsewhere"), { key })).open(sealed, place)).toBe("canary");
    expect((await opened(dir, { keyFile: file })).open(sealed, place)).toBe("canary");
  }));

test("two first starts at once make one key", () =>
  inFolder(async (dir) => {
    const keys = await Promise.all([opened(dir), opened(dir), opened(dir)]);
    expect(new Set(keys.map(({ keyId }) => keyId)).size).toBe(1);
    expect(readdirSync(join(dir, "keys"))).toEqual(["master.key"]);
  }));

test("a key that others can read, or that lies with the database, is refused", () =>
  inFolder(async (dir) => {
    await opened(dir);
    const file = join(dir, "keys", "master.key");
    for (const mode of [0o640, 0o604, 0o660]) {
      chmodSync(file, mode);
      await expect(opened(dir)).rejects.toThrow(`chmod 600 ${file}`);
    }
    chmodSync(file, 0o600);
    chmodSync(join(dir, "keys"), 0o777);
    await expect(opened(dir)).rejects.toThrow("chmod 700");

    mkdirSync(join(dir, "database", "inner"), { recursive: true });
    symlinkSync(join(dir, "database"), join(dir, "link"));
    for (const place of ["database", "database/inner", "link", "link/inner"]) {
      const keyFile = join(dir, place, "master.key");
      await expect(opened(dir, { keyFile })).rejects.toThrow("lies with the database");
      expect(() => statSync(keyFile)).toThrow();
    }
  }));

test("what is no key is refused", () =>
  inFolder(async (dir) => {
    for (const key of [
      "",
      "short",
      "A".repeat(42),
      "!".repeat(44),
      Buffer.alloc(31).toString("base64"),
    ]) {
      await expect(opened(dir, { key })).rejects.toThrow(Mistake);
    }
  }));

test("a sealed value opens in its own place with its own key, and only whole", () => {
  const ours = sealing(new Uint8Array(32).fill(1));
  const place = { table: "secrets", row: "crm", field: "kept" };
  const sealed = ours.seal("canary", place);
  expect(ours.seal("canary", place)).not.toBe(sealed);
  expect(ours.open(sealed, place)).toBe("canary");

  for (const part of ["table", "row", "field"]) {
    expect(() => ours.open(sealed, { ...place, [part]: "other" })).toThrow("changed or moved");
  }
  expect(() => sealing(new Uint8Array(32).fill(2)).open(sealed, place)).toThrow(
    "but the master key is",
  );
  const [version, id, iv, tag = "", body = ""] = sealed.split(".");
  const flipped = (text: string) => (text.startsWith("A") ? "B" : "A") + text.slice(1);
  const shortTag = Buffer.from(tag, "base64url").subarray(0, 4).toString("base64url");
  for (const parts of [
    [version, id, iv, flipped(tag), body],
    [version, id, iv, tag, flipped(body)],
    [version, id, iv, shortTag, body],
    [version, id, iv, tag],
    ["v0", id, iv, tag, body],
  ]) {
    expect(() => ours.open(parts.join("."), place)).toThrow();
  }
});
