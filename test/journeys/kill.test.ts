import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { emptyFolder, startTieline, tieline } from "../support/bot.ts";
import { outsideWorld, post, statsOf } from "../support/sandbox.ts";

/** Contacts the sandbox has, some of them flawed, and the customers QuickBooks begins with. */
const there = { contacts: 500, customers: 7 };
const records = Number(process.env["TIELINE_TEST_RECORDS"] ?? 3000);
const kills = 10;

type Letters = { dead_letters: { key: string; state: string }[] };

test(`a run of ${records} records that is killed ten times loses nothing and doubles nothing`, async () => {
  await using folder = await emptyFolder();
  await using world = await outsideWorld(folder.path);
  await post(new URL("/_seed", world.tools.hubspot.base_url), {
    contacts: records - there.contacts,
  });
  const env = { ...world.env, TIELINE_DIR: join(folder.path, "bot") };
  const customers = async (): Promise<number> => (await statsOf(world.tools.quickbooks)).records;

  // Slow enough that every kill comes in the middle; the write is made before its answer is held back.
  const slow = { kind: "slow", ms: 80, path: "/batch", times: "all" };
  await post(new URL("/_config", world.tools.quickbooks.base_url), { faults: [slow] });

  for (let killed = 0; killed < kills; killed += 1) {
    const before = await customers();
    await using bot = startTieline(["start"], env);
    await bot.printed(/serving your Slack workspace/);
    // Once begun, it is gone on with by every later start, without being asked.
    if (killed === 0) void tieline(["run", "customers-to-books"], env);
    await until(async () => (await customers()) > before + 50);
    await sleep((killed * 37) % 150);
    await bot.end("SIGKILL");
    expect(await customers(), "the kill came too late").toBeLessThan(records - there.contacts);
  }
  await post(new URL("/_config", world.tools.quickbooks.base_url), { clear: true });

  await using bot = startTieline(["start"], env);
  await bot.printed(/serving your Slack workspace/);
  const last = await tieline(["run", "customers-to-books", "--json"], env);
  expect(last.code, last.err).toBe(2);
  const { dead_letters: letters } = JSON.parse(
    (await tieline(["dead-letters", "customers-to-books", "--json"], env)).out,
  ) as Letters;

  // Every contact is one customer or one dead letter, and every customer is a contact or was there.
  const books = await statsOf(world.tools.quickbooks);
  const keys = new Set(letters.map(({ key }) => key));
  expect(keys.size).toBe(letters.length);
  expect(books.duplicates).toBe(0);
  // One of those that were there is the same person as a contact, and is linked instead of created.
  expect(books.records - there.customers + 1 + letters.length).toBe(records);

  const again = JSON.parse(
    (await tieline(["run", "customers-to-books", "--full", "--json"], env)).out,
  );
  expect(again).toMatchObject({
    status: "done",
    read: records,
    created: 0,
    updated: 0,
    dead_lettered: letters.length,
  });
  expect((await statsOf(world.tools.quickbooks)).records).toBe(books.records);
});

async function until(holds: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 30_000;
  while (!(await holds())) {
    if (Date.now() > deadline) throw new Error("the run does not get on");
    await sleep(10);
  }
}
