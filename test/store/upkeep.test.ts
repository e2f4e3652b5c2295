import { afterEach, expect, test, vi } from "vitest";
import { openDatabase, type Database } from "#store/database.ts";
import { sql } from "#store/drizzle.ts";
import { startUpkeep } from "#store/upkeep.ts";
import { emptyFolder } from "../support/bot.ts";

/** `UPKEEP=100000 npx vitest run --project store test/store/upkeep.test.ts` tells how long others wait. */
const intents = Number(process.env["UPKEEP"] ?? 4_000);

const write = (db: Database) => db.rows(sql`
  insert into intents (id, flow, seq, writes, way)
  select gen_random_uuid()::text, 'f', n, repeat(md5(n::text), 20), 'there' from generate_series(1, ${intents}::int) n`); // prettier-ignore
const answered = (db: Database) => db.rows(sql`delete from intents`);

const one = async (db: Database, statement: ReturnType<typeof sql>): Promise<number> =>
  Number((await db.rows(statement))[0]?.["n"]);
const bytes = (db: Database): Promise<number> => one(db, sql`select pg_database_size(current_database()) as n`); // prettier-ignore
const dead = async (db: Database): Promise<number> => {
  await db.rows(sql`select pg_stat_force_next_flush()`);
  return one(db, sql`select n_dead_tup as n from pg_stat_user_tables where relname = 'intents' and schemaname = 'tieline'`); // prettier-ignore
};

/** Folders of their own: what a process forgets at its end is told by opening another. */
const open = (folder: string) => openDatabase({ url: null, folder });

afterEach(() => void vi.useRealTimers());

test("whatever is written and deleted again and again, the folder does not grow with it", async () => {
  await using folder = await emptyFolder();
  await using db = await open(folder.path);
  await using upkeep = startUpkeep(db);
  expect(await upkeep.look(), "the first look").toContain("tieline.links");
  const sizes: number[] = [];
  let longest = 0;
  for (let round = 0; round < 8; round += 1) {
    await write(db);
    await answered(db);
    // One look finds it, the next that nobody is at it any more.
    const began = performance.now();
    expect([...(await upkeep.look()), ...(await upkeep.look())]).toEqual(["tieline.intents"]);
    longest = Math.max(longest, performance.now() - began);
    sizes.push(await bytes(db));
  }
  console.log(`${intents} dead intents: ${longest.toFixed(0)} ms at most, ${((sizes.at(-1) ?? 0) / 1e6).toFixed(0)} MB`); // prettier-ignore
  expect(sizes.at(-1)).toBeLessThan((sizes[1] ?? 0) * 1.02);
}, 600_000);

test("a table that is written to is left alone, but not for ever", async () => {
  await using folder = await emptyFolder();
  await using db = await open(folder.path);
  await using upkeep = startUpkeep(db);
  await upkeep.look();
  await db.rows(sql`delete from intents`);
  const some = sql`
    insert into intents (id, flow, seq, writes, way)
    select gen_random_uuid()::text, 'f', n, '[]', 'there' from generate_series(1, 1001) n`;
  const rounds: (readonly string[])[] = [];
  for (let round = 0; round < 5; round += 1) {
    await db.rows(some);
    await answered(db);
    rounds.push(await upkeep.look());
  }
  expect(rounds).toEqual([[], [], [], [], ["tieline.intents"]]);
  // Few are not worth it.
  await db.rows(sql`insert into intents (id, flow, seq, writes, way) select n::text, 'f', n, '[]', 'there' from generate_series(1, 1000) n`); // prettier-ignore
  await answered(db);
  expect([await upkeep.look(), await upkeep.look()]).toEqual([[], []]);
}, 120_000);

test("it is done by itself every minute, and what is left at the end", async () => {
  await using folder = await emptyFolder();
  vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] });
  let [least, most] = [0, 0];
  {
    await using db = await open(folder.path);
    await write(db);
    await answered(db);
    expect(await dead(db)).toBe(intents);
    vi.advanceTimersByTime(60_000);
    await vi.waitFor(async () => expect(await dead(db)).toBe(0), { timeout: 20_000 });
    least = await bytes(db);
    await write(db);
    await answered(db);
    most = await bytes(db);
  }
  vi.useRealTimers();
  await using again = await open(folder.path);
  expect(most).toBeGreaterThan(least + intents * 500);
  expect(await bytes(again)).toBeLessThan(least + (most - least) / 2);
}, 120_000);
