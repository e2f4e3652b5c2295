import postgres from "postgres";
import { afterAll, describe, expect, test } from "vitest";
import { isStoreAway, StoreAway } from "#domain/errors.ts";
import { sql } from "#store/drizzle.ts";
import { flow, link, page, startRun } from "./examples.ts";
import { postgresServer, stopPostgres, withPostgresStore } from "../support/with-store.ts";
import { contracts } from "./contracts.ts";

const server = await postgresServer();
afterAll(stopPostgres);

describe.skipIf(server === undefined).each(contracts)(
  "$name on Postgres (skipped where there is none)",
  ({ contract }) => contract(withPostgresStore),
);

test.skipIf(server === undefined)("lost connections end a statement, not the process", () =>
  withPostgresStore(async (store) => {
    const taken = await startRun(store);
    const admin = postgres(server?.adminUrl ?? "", { max: 1 });
    let failed = 0;
    let stored = 0;
    const strange: unknown[] = [];
    const end = performance.now() + 1500;
    const committing = Array.from({ length: 4 }, async (_, worker) => {
      for (let n = 0; performance.now() < end; n += 1) {
        const links = [link(`${worker}-${n}`)];
        await store.ledger.commit(page(taken, { links })).then(
          () => (stored += 1),
          (error: unknown) => {
            failed += 1;
            if (!isStoreAway(error)) strange.push(error);
          },
        );
      }
    });
    for (let n = 0; n < 5; n += 1) {
      await new Promise((resolve) => setTimeout(resolve, 200));
      await admin`select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'tieline'`;
    }
    await Promise.all(committing);
    await admin.end();
    expect(failed).toBeGreaterThan(0);
    expect(strange).toEqual([]);
    const links = await store.ledger.links(flow);
    expect(links).toBeGreaterThanOrEqual(stored);
    expect(links).toBeLessThanOrEqual(stored + failed);
  }),
);

test.skipIf(server === undefined)("a database that only reads says that it is away", () =>
  withPostgresStore(async (store, db) => {
    const taken = await startRun(store);
    const admin = postgres(server?.adminUrl ?? "", { max: 1 });
    const { database = "" } = (await db.rows(sql`select current_database() as database`))[0] ?? {};
    const only = (on: string) =>
      admin.unsafe(`alter database ${String(database)} set default_transaction_read_only = ${on}`);
    try {
      await only("on");
      await admin`select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'tieline'`;
      const commit = () => store.ledger.commit(page(taken, { links: [link("a")] }));
      // The first may find its line cut.
      await commit().catch(() => undefined);
      await expect(commit()).rejects.toBeInstanceOf(StoreAway);
      await expect(store.outbox.tell({ kind: "run", id: "r" })).rejects.toSatisfy(isStoreAway);
    } finally {
      await only("off");
      await admin`select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'tieline'`;
      await admin.end();
      await store.runs.unfinished().catch(() => undefined);
    }
  }),
);
