import postgres from "postgres";
import { afterAll, expect, test } from "vitest";
import { openQueue } from "#queue/queue.ts";
import { postgresServer, stopPostgres } from "../support/with-store.ts";
import { freshSchema, log } from "./queue.contract.ts";

const server = await postgresServer();
afterAll(stopPostgres);

test.skipIf(server === undefined)(
  "workers that start at the same time on a new database all come up (skipped where there is no Postgres)",
  async () => {
    const handle = { kind: "postgres", url: server?.url ?? "" } as const;
    for (let round = 0; round < 5; round += 1) {
      const schema = freshSchema();
      const opening = Array.from({ length: 4 }, () => openQueue({ handle, log, schema }));
      const opened = await Promise.allSettled(opening);
      expect(opened.map((one) => (one.status === "rejected" ? String(one.reason) : "up"))).toEqual(Array(4).fill("up")); // prettier-ignore
      await Promise.all(opened.map((one) => one.status === "fulfilled" && one.value[Symbol.asyncDispose]())); // prettier-ignore
    }
  },
  60_000,
);

test.skipIf(server === undefined)(
  "a queue that does not come up leaves no connection open (skipped where there is no Postgres)",
  async () => {
    const schema = freshSchema();
    const handle = { kind: "postgres", url: server?.url ?? "" } as const;
    const client = postgres(handle.url, { max: 1, onnotice: () => undefined });
    await client.unsafe(`create schema ${schema}`);
    // In the way of the table that is written there.
    await client.unsafe(`create view ${schema}.timetable as select 1 as one`);
    await expect(openQueue({ handle, log, schema })).rejects.toThrow("timetable");
    const open = () => client`select count(*)::int as n from pg_stat_activity where application_name = 'tieline queue'`; // prettier-ignore
    await expect.poll(async () => (await open())[0]?.["n"] as number, { timeout: 10_000 }).toBe(0);
    await client.end();
  },
  30_000,
);
