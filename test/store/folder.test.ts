import { mkdtempSync, rmSync } from "node:fs";
import { once } from "node:events";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { Mistake } from "#domain/errors.ts";
import { runId } from "#domain/ids.ts";
import { openDatabase } from "#store/database.ts";
import { lockFolder } from "#store/folder-lock.ts";
import { sealing } from "#store/sealing.ts";
import { openStore } from "#store/store.ts";
import { runChild } from "../support/child.ts";
import { flow, noon } from "./examples.ts";

const breaking = new URL("processes/breaking.ts", import.meta.url);
const syncing = new URL("processes/syncing.ts", import.meta.url);

test("a folder is one process's; after kill -9 all that was acknowledged is there and work goes on", async () => {
  const folder = mkdtempSync(join(tmpdir(), "tieline-folder-"));
  try {
    await using child = runChild(syncing, [folder]);
    await child.said("stored 20");
    const second = openDatabase({ url: null, folder });
    await expect(second).rejects.toThrow(Mistake);
    await expect(second).rejects.toThrow(`in use by process ${child.process.pid}`);
    await sleep(100);
    await child.kill();
    const stored = Number(child.lines.at(-1)?.split(" ")[1]);

    await using db = await openDatabase({ url: null, folder });
    const secrets = { environment: () => undefined, folder };
    const store = openStore(db, { sealing: sealing(new Uint8Array(32)), secrets });
    const checkpoint = Number(await store.ledger.checkpoint(flow));
    expect(checkpoint).toBeGreaterThanOrEqual(stored);
    expect(await store.ledger.links(flow)).toBe((checkpoint + 1) * 20);
    const run = runId(child.lines[0]?.split(" ")[1] ?? "");
    expect((await store.runs.claim(run, noon, 30_000))?.epoch).toBe(2);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

test("a database that breaks down answers nothing and ends the process", async () => {
  const folder = mkdtempSync(join(tmpdir(), "tieline-folder-"));
  try {
    await using child = runChild(breaking, [folder]);
    await child.said("open");
    const [code] = (await once(child.process, "exit")) as [number];
    expect(code).toBe(1);
    expect(child.lines.filter((line) => line !== "StoreBroken")).toEqual(["open"]);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

test("the lock holds within a process too, and goes when it is let go", () => {
  const folder = mkdtempSync(join(tmpdir(), "tieline-lock-"));
  try {
    const lock = lockFolder(folder);
    expect(() => lockFolder(folder)).toThrow(`in use by process ${process.pid}`);
    lock[Symbol.dispose]();
    lockFolder(folder)[Symbol.dispose]();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
