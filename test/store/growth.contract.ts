import { expect, test } from "vitest";
import { databaseHealth } from "#store/health.ts";
import type { WithStore } from "../support/with-store.ts";
import { flow, letter, link, page, startRun } from "./examples.ts";

const median = (values: number[]) => values.sort((a, b) => a - b)[values.length >> 1] ?? 0;

export function growthContract(withStore: WithStore): void {
  /** The tables were never analysed and every plan was made while they were empty: autovacuum is off. */
  test("the fortieth page of a first sync costs about what the fifth did", () =>
    withStore(async (store) => {
      const taken = await startRun(store);
      for (let n = 0; n < 10; n += 1) {
        await store.ledger.look(flow, ["nobody"]);
        await store.ledger.linkedTo(flow, ["nobody"]);
      }
      const costs: number[] = [];
      for (let n = 0; n < 42; n += 1) {
        const keys = Array.from({ length: 500 }, (_, i) => `${n}-${i}`);
        const start = performance.now();
        expect((await store.ledger.look(flow, keys)).size).toBe(0);
        expect((await store.ledger.linkedTo(flow, keys)).size).toBe(0);
        await store.ledger.commit(
          page(taken, {
            links: keys.slice(5).map((key) => link(key)),
            letters: keys.slice(0, 5).map((key) => letter(key)),
            unlinked: keys.slice(0, 2).map((key) => `old-${key}`),
            settled: [{ key: `old-${n}`, as: "written" }],
          }),
        );
        costs.push(performance.now() - start);
      }
      expect(await store.ledger.links(flow)).toBe(42 * 495);
      expect(median(costs.slice(35))).toBeLessThan(4 * median(costs.slice(3, 10)) + 20);
    }));

  test("the database says what it is", () =>
    withStore(async (_, db) => {
      const health = await databaseHealth(db);
      expect(health).toMatchObject({ kind: db.kind, ok: true });
      expect(health.detail).toContain("Postgres 1");
    }));
}
