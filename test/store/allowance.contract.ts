import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { allowanceIn } from "#store/allowance.ts";
import type { WithStore } from "../support/with-store.ts";
import { crm } from "./examples.ts";

const bucket = { connection: crm.name, name: "search", calls: 10, perMs: 1000 };

export function allowanceContract(withStore: WithStore): void {
  test("workers share a limit, and in no span are there more calls than it allows", () =>
    withStore(async (_, db) => {
      const workers = [allowanceIn(db), allowanceIn(db)];
      const drawn: { at: number; calls: number }[] = [];
      const end = performance.now() + 2500;
      await Promise.all(
        workers.map(async (allowance) => {
          while (performance.now() < end) {
            const { calls, waitMs } = await allowance.draw(bucket, 3);
            if (calls > 0) drawn.push({ at: performance.now(), calls });
            else await sleep(Math.min(waitMs, 200));
          }
        }),
      );
      const within = (from: number) =>
        drawn
          .filter(({ at }) => at >= from && at < from + 950)
          .reduce((sum, { calls }) => sum + calls, 0);
      for (const { at } of drawn) expect(within(at)).toBeLessThanOrEqual(10);
      const total = drawn.reduce((sum, { calls }) => sum + calls, 0);
      expect(total).toBeGreaterThanOrEqual(20);
    }));

  test("what is not there is not drawn, and the wait is until there is some", () =>
    withStore(async ({ allowance }) => {
      expect(await allowance.draw(bucket, 50)).toEqual({ calls: 10, waitMs: 0 });
      const { calls, waitMs } = await allowance.draw(bucket, 1);
      expect(calls).toBe(0);
      expect(waitMs).toBeGreaterThan(500);
      expect(waitMs).toBeLessThanOrEqual(1100);
      expect((await allowance.draw({ ...bucket, name: "other" }, 1)).calls).toBe(1);
      await sleep(waitMs);
      expect((await allowance.draw(bucket, 1)).calls).toBe(1);
    }));

  test("while a tool wants to be left alone nobody calls it", () =>
    withStore(async ({ allowance }) => {
      await allowance.closeUntil(bucket, 60_000);
      await allowance.closeUntil(bucket, 100);
      const { calls, waitMs } = await allowance.draw(bucket, 5);
      expect(calls).toBe(0);
      expect(waitMs).toBeGreaterThan(59_000);
      expect(waitMs).toBeLessThanOrEqual(60_000);
    }));
}
