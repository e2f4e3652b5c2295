import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { emptyFolder, startTieline, tieline } from "../support/bot.ts";
import { startPostgres } from "../support/postgres-server.ts";
import { openRelay } from "../support/relay.ts";
import { outsideWorld, statsOf } from "../support/sandbox.ts";
import { contacts, slowBooks } from "./slow-books.ts";

test("when the database's machine dies without a word, the next one is worked with, and every record is written once", async ({
  skip,
}) => {
  await using server = await startPostgres();
  if (server === undefined) return skip("no Postgres on this machine");
  await using folder = await emptyFolder();
  await using world = await outsideWorld(folder.path);
  const { env, customers, calm } = await slowBooks(folder.path, world);

  const url = new URL(server.url);
  await using relay = await openRelay(Number(url.port));
  url.port = String(relay.port);
  const asking = env("asking", server.url);
  await using bot = startTieline(["start"], env("bot", url.href));
  await bot.printed(/serving your Slack workspace/);
  void tieline(["run", "customers-to-books"], asking);
  while ((await customers()) < 200) await sleep(20);

  relay.break("silent");
  const vanished = Date.now();
  // What was looked up by then may still be written without it.
  while ((await customers()) < contacts - 10) {
    expect(Date.now() - vanished).toBeLessThan(90_000);
    await sleep(50);
  }
  console.log(`all written after ${((Date.now() - vanished) / 1000).toFixed(1)} s`);
  await calm();
  await tieline(["run", "customers-to-books"], asking);
  const again = await tieline(["run", "customers-to-books", "--full", "--json"], asking);
  expect(again.code, again.err).toBe(2);
  expect(JSON.parse(again.out)).toMatchObject({ read: contacts, created: 0, updated: 0 });
  expect((await statsOf(world.tools.quickbooks)).duplicates).toBe(0);

  relay.break("silent");
  relay.swallow();
  const ending = Date.now();
  await bot.end("SIGTERM");
  console.log(`ended after ${((Date.now() - ending) / 1000).toFixed(1)} s`);
  expect(Date.now() - ending).toBeLessThan(30_000);
}, 240_000);
