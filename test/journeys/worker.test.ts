import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { emptyFolder, startTieline, tieline } from "../support/bot.ts";
import { startPostgres } from "../support/postgres-server.ts";
import { outsideWorld, post, statsOf } from "../support/sandbox.ts";

const contacts = 1500;

test("a worker that is killed is replaced by another one within a minute, and every record is written once", async ({
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

  // Two workers of one installation share the database and the master key, and nothing else.
  const env = (name: string): Record<string, string> => ({
    ...world.env,
    DATABASE_URL: server.url,
    TIELINE_KEY: Buffer.alloc(32, 7).toString("base64"),
    TIELINE_DIR: join(folder.path, name),
  });
  const bot = startTieline(["start"], env("bot"));
  await bot.printed(/serving your Slack workspace/);
  void tieline(["run", "customers-to-books"], env("bot"));
  const customers = async (): Promise<number> => (await statsOf(quickbooks)).records;
  while ((await customers()) < 200) await sleep(20);
  await bot.end("SIGKILL");
  const left = await customers();
  expect(left).toBeLessThan(contacts - 200);

  await using worker = startTieline(["worker"], env("worker"));
  await worker.printed(/Working/);
  const died = Date.now();
  while ((await customers()) <= left + 50) {
    expect(Date.now() - died).toBeLessThan(60_000);
    await sleep(50);
  }
  await post(new URL("/_config", quickbooks.base_url), { clear: true });
  // Follows the run if it is under way still; after it, everything read again finds nothing to write.
  await tieline(["run", "customers-to-books"], env("asking"));
  const again = await tieline(["run", "customers-to-books", "--full", "--json"], env("asking"));
  expect(again.code, again.err).toBe(2);
  expect(JSON.parse(again.out)).toMatchObject({ read: contacts, created: 0, updated: 0 });
  const letters = JSON.parse((await tieline(["dead-letters", "--json"], env("asking"))).out) as {
    dead_letters: unknown[];
  };
  const { records, duplicates } = await statsOf(quickbooks);
  expect(duplicates).toBe(0);
  expect(records - 7 + 1 + letters.dead_letters.length).toBe(contacts);
});
