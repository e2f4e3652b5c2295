import { createServer, type AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import postgres from "postgres";
import { afterAll, expect, test } from "vitest";
import { isStoreAway } from "#domain/errors.ts";
import { openDatabase, type Database } from "#store/database.ts";
import { sql } from "#store/drizzle.ts";
import { openRelay, type Break, type Relay } from "../support/relay.ts";
import { postgresServer, stopPostgres } from "../support/with-store.ts";

const server = await postgresServer();
afterAll(stopPostgres);

/** So long an answer may take; the longest statement here takes longer. */
const soonMs = 3_000;
const breaks: readonly Break[] = ["reset", "closed"];

async function answerOf(db: Database, n: number, withinMs = soonMs): Promise<string> {
  const answered = db.rows(sql`select ${n}::int as n`).then(
    ([row]) => (row?.["n"] === n ? "right" : `wrong: ${JSON.stringify(row)}`),
    (error: unknown) => (isStoreAway(error) ? "away" : String(error)),
  );
  return Promise.race([answered, sleep(withinMs, "nothing")]);
}

/** The relay takes connections, and ends them: nobody is behind it. */
test(
  "a proxy without a server behind it is not waited for without end",
  { timeout: 30_000 },
  async () => {
    const gone = createServer();
    await new Promise<void>((resolve) => gone.listen(0, "127.0.0.1", resolve));
    const { port } = gone.address() as AddressInfo;
    await new Promise((resolve) => gone.close(resolve));
    await using relay = await openRelay(port);
    const url = `postgres://tieline@127.0.0.1:${String(relay.port)}/tieline`;
    const began = performance.now();
    await expect(openDatabase({ url, folder: "", schema: "lines" })).rejects.toThrow(
      "cannot be opened",
    );
    expect(performance.now() - began).toBeLessThan(20_000);
  },
);

async function withRelay(use: (db: Database, relay: Relay) => Promise<void>): Promise<void> {
  const url = new URL(server?.url ?? "");
  await using relay = await openRelay(Number(url.port));
  url.port = String(relay.port);
  await using db = await openDatabase({ url: url.href, folder: "", schema: "lines" });
  await use(db, relay);
}

test.skipIf(server === undefined).for(breaks)(
  "what is asked just after a connection was %s is answered (skipped where there is no Postgres)",
  (how) =>
    withRelay(async (db, relay) => {
      let asked = 0;
      const answers: Promise<string>[] = [];
      const after = async (): Promise<void> => {
        for (let more = 0; more < 5; more += 1) answers.push(answerOf(db, (asked += 1)));
      };
      const under = Array.from({ length: 8 }, () => db.rows(sql`select pg_sleep(4)`).then(() => "slept", after)); // prettier-ignore
      await sleep(200);
      relay.break(how);
      expect(await Promise.all(under)).not.toContain("slept");
      await after();
      expect(new Set(await Promise.all(answers))).toEqual(new Set(["right"]));
    }),
);

test.skipIf(server === undefined).for(breaks)(
  "whenever connections are %s, each statement is answered, and none is left open (skipped where there is no Postgres)",
  (how) =>
    withRelay(async (db, relay) => {
      const answers = new Set<string>();
      let over = false;
      const asking = Array.from({ length: 12 }, async (_, place) => {
        for (let n = place; !over; n += 100) {
          answers.add(await answerOf(db, n));
          if (n % 3 === 0) await sleep(n % 7);
        }
      });
      for (let times = 0; times < 40; times += 1) {
        await sleep(25 + (times % 5));
        relay.break(how);
      }
      over = true;
      await Promise.all(asking);
      expect(answers).toContain("right");
      expect([...answers].filter((answer) => answer !== "right" && answer !== "away")).toEqual([]);

      const admin = postgres(server?.adminUrl ?? "", { max: 1 });
      const open = () => admin`select count(*)::int as n from pg_stat_activity where application_name = 'tieline'`; // prettier-ignore
      await expect.poll(async () => (await open())[0]?.["n"] as number, { timeout: 10_000 }).toBeLessThanOrEqual(8); // prettier-ignore
      await admin.end();
    }),
);

test.skipIf(server === undefined).concurrent(
  "where the server vanishes without a word, who waits is told so, and the next are answered at once (skipped where there is no Postgres)",
  { timeout: 30_000 },
  () =>
    withRelay(async (db, relay) => {
      const all = (from: number) => Array.from({ length: 8 }, (_, n) => answerOf(db, from + n, 15_000));
      expect(new Set(await Promise.all(all(0)))).toEqual(new Set(["right"]));
      relay.break("silent");
      expect(new Set(await Promise.all(all(10)))).toEqual(new Set(["away"]));
      expect(await Promise.all([20, 21, 22].map((n) => answerOf(db, n)))).toEqual(["right", "right", "right"]);
    }),
); // prettier-ignore

test.skipIf(server === undefined).concurrent(
  "where it stays away, who waits is told so too (skipped where there is no Postgres)",
  { timeout: 40_000 },
  () =>
    withRelay(async (db, relay) => {
      expect(await answerOf(db, 1)).toBe("right");
      relay.break("silent");
      relay.swallow();
      expect(await answerOf(db, 2, 25_000)).toBe("away");
    }),
); // prettier-ignore

test.skipIf(server === undefined).concurrent(
  "a statement that the server is at work on for long is waited for (skipped where there is no Postgres)",
  { timeout: 30_000 },
  () =>
    withRelay(async (db) => {
      const [row] = await db.rows(sql`select 1 as n from pg_sleep(14)`);
      expect(row).toEqual({ n: 1 });
    }),
); // prettier-ignore

test.skipIf(server === undefined)(
  "who asks a database that has been closed is told so (skipped where there is no Postgres)",
  async () => {
    const db = await openDatabase({ url: server?.url ?? "", folder: "", schema: "lines" });
    expect(await answerOf(db, 1)).toBe("right");
    await db[Symbol.asyncDispose]();
    expect(await answerOf(db, 2)).toBe("away");
  },
);
