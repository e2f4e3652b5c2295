import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { emptyFolder, startTieline, tieline } from "../support/bot.ts";
import { startPostgres } from "../support/postgres-server.ts";
import { openRelay } from "../support/relay.ts";
import { outsideWorld, post, statsOf } from "../support/sandbox.ts";

const contacts = 1500;

test("when the database's machine dies without a word, the next one is worked with, and every record is written once", async ({
  skip,
}) => {
  await using server = await startPostgres();
  if (server === undefined) return skip("no Postgres on this machine");
  await using folder = await emptyFolder();
  await using world = await outsideWorld(folder.path);
  const { hubspot, quickbooks } = world.tools;
  await post(new URL("/_seed", hubspot.base_url), { contacts: contacts - 500 });
  const slow = { kind: "slow", ms: 150, path: "/batch", times: "all" };
  await post(new URL("/_config", quickbooks.base_url), { faults: [slow] });

  const url = new URL(server.url);
  await using relay = await openRelay(Number(url.port));
  url.port = String(relay.port);
  const env = (name: string, database: string): Record<string, string> => ({
    ...world.env,
    DATABASE_URL: database,
    TIELINE_KEY: Buffer.alloc(32, 7).toString("base64"),
    TIELINE_DIR: join(folder.path, name),
  });
  const asking = env("asking", server.url);
  await using bot = startTieline(["start"], env("bot", url.href));
  await bot.printed(/serving your Slack workspace/);
  void tieline(["run", "customers-to-books"], asking);
  const customers = async (): Promise<number> => (await statsOf(quickbooks)).records;
  while ((await customers()) < 200) await sleep(20);

  relay.break("silent");
  const vanished = Date.now();
  // What was looked up by then may still be written without it.
  while ((await customers()) < contacts - 10) {
    expect(Date.now() - vanished).toBeLessThan(90_000);
    await sleep(50);
  }
  console.log(`all written after ${((Date.now() - vanished) / 1000).toFixed(1)} s`);
  await post(new URL("/_config", quickbooks.base_url), { clear: true });
  await tieline(["run", "customers-to-books"], asking);
  const again = await tieline(["run", "customers-to-books", "--full", "--json"], asking);
  expect(again.code, again.err).toBe(2);
  expect(JSON.parse(again.out)).toMatchObject({ read: contacts, created: 0, updated: 0 });
  expect((await statsOf(quickbooks)).duplicates).toBe(0);

  relay.break("silent");
  relay.swallow();
  const ending = Date.now();
  await bot.end("SIGTERM");
  console.log(`ended after ${((Date.now() - ending) / 1000).toFixed(1)} s`);
  expect(Date.now() - ending).toBeLessThan(30_000);
}, 240_000);
