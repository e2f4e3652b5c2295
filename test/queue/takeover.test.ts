import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import postgres from "postgres";
import { afterAll, expect, test } from "vitest";
import { runId } from "#domain/ids.ts";
import { openDatabase } from "#store/database.ts";
import { openQueue } from "#queue/queue.ts";
import { runChild } from "../support/child.ts";
import { postgresServer, stopPostgres } from "../support/with-store.ts";
import { freshSchema, log, noting, until } from "./queue.contract.ts";

const hanging = new URL("processes/hanging.ts", import.meta.url);
const server = await postgresServer();
afterAll(stopPostgres);

test.skipIf(server === undefined)(
  "another worker takes over what a killed one had in hand, within 15 seconds",
  async () => {
    const schema = freshSchema();
    const url = server?.url ?? "";
    await using child = runChild(hanging, [url, schema]);
    await child.said("taken");
    await using queue = await openQueue({ handle: { kind: "postgres", url }, log, schema });
    const { seen, handlers } = noting();
    await queue.work(handlers);
    await child.kill();
    await queue.add({ kind: "run", run: runId("r1") });
    const waited = await until(() => seen.length > 0, 30_000);
    expect(seen[0]).toEqual({ kind: "run", run: "r1" });
    // Eleven at most, where this process gets the processor when it wants it.
    expect(waited).toBeLessThan(15_000);
  },
  60_000,
);

test.skipIf(server === undefined)(
  "what a job has died of before does not put it off",
  async () => {
    const schema = freshSchema();
    const url = server?.url ?? "";
    await using child = runChild(hanging, [url, schema]);
    await child.said("taken");
    await child.kill();
    const database = postgres(url, { max: 1 });
    // As after ten workers and half a minute; pg-boss alone would wait a minute more.
    await database.unsafe(`update "${schema}".job set retry_count = 10, heartbeat_on = now() - interval '30 seconds'
      where name = 'run' and state = 'active'`);
    await database.end();

    await using queue = await openQueue({ handle: { kind: "postgres", url }, log, schema });
    const { seen, handlers } = noting();
    await queue.work(handlers);
    await until(() => seen.length > 0, 20_000);
    expect(seen[0]).toEqual({ kind: "run", run: "r1" });
  },
  60_000,
);

test("an embedded start picks up at once what the killed process had in hand", async () => {
  const folder = mkdtempSync(join(tmpdir(), "tieline-takeover-"));
  try {
    await using child = runChild(hanging, ["", folder]);
    await child.said("taken");
    await child.kill();

    await using db = await openDatabase({ url: null, folder });
    await using queue = await openQueue({ handle: db.handle, log });
    const { seen, handlers } = noting();
    await queue.add({ kind: "run", run: runId("r1") });
    await queue.work(handlers);
    expect(await until(() => seen.length > 0)).toBeLessThan(3000);
    expect(seen[0]).toEqual({ kind: "run", run: "r1" });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}, 60_000);
