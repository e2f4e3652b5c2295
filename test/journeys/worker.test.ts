import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { emptyFolder, startTieline, tieline } from "../support/bot.ts";
import { startPostgres } from "../support/postgres-server.ts";
import { outsideWorld, statsOf } from "../support/sandbox.ts";
import { contacts, slowBooks } from "./slow-books.ts";

test("a worker that is killed is replaced by another one within a minute, and every record is written once", async ({
  skip,
}) => {
  await using server = await startPostgres();
  if (server === undefined) return skip("no Postgres on this machine");
  await using folder = await emptyFolder();
  await using world = await outsideWorld(folder.path);
  const { env, customers, calm } = await slowBooks(folder.path, world);
  const bot = startTieline(["start"], env("bot", server.url));
  await bot.printed(/serving your Slack workspace/);
  void tieline(["run", "customers-to-books"], env("bot", server.url));
  while ((await customers()) < 200) await sleep(20);
  await bot.end("SIGKILL");
  const left = await customers();
  expect(left).toBeLessThan(contacts - 200);

  await using worker = startTieline(["worker"], env("worker", server.url));
  await worker.printed(/Working/);
  const died = Date.now();
  while ((await customers()) <= left + 50) {
    expect(Date.now() - died).toBeLessThan(60_000);
    await sleep(50);
  }
  await calm();
  // Follows the run if it is under way still; after it, everything read again finds nothing to write.
  await tieline(["run", "customers-to-books"], env("asking", server.url));
  const again = await tieline(
    ["run", "customers-to-books", "--full", "--json"],
    env("asking", server.url),
  );
  expect(again.code, again.err).toBe(2);
  expect(JSON.parse(again.out)).toMatchObject({ read: contacts, created: 0, updated: 0 });
  const letters = JSON.parse(
    (await tieline(["dead-letters", "--json"], env("asking", server.url))).out,
  ) as {
    dead_letters: unknown[];
  };
  const { records, duplicates } = await statsOf(world.tools.quickbooks);
  expect(duplicates).toBe(0);
  expect(records - 7 + 1 + letters.dead_letters.length).toBe(contacts);
});
