import postgres from "postgres";
import { afterAll, describe, expect, test } from "vitest";
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
    const end = performance.now() + 1500;
    const committing = Array.from({ length: 4 }, async (_, worker) => {
      for (let n = 0; performance.now() < end; n += 1) {
        const links = [link(`${worker}-${n}`)];
        await store.ledger.commit(page(taken, { links })).then(
          () => (stored += 1),
          () => (failed += 1),
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
    const links = await store.ledger.links(flow);
    expect(links).toBeGreaterThanOrEqual(stored);
    expect(links).toBeLessThanOrEqual(stored + failed);
  }),
);
