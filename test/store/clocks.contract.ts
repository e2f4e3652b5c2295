import { afterEach, expect, test, vi } from "vitest";
import { onceSure } from "#domain/grip.ts";
import { allowanceIn } from "#store/allowance.ts";
import { sql } from "#store/drizzle.ts";
import type { WithStore } from "../support/with-store.ts";
import { crm, flow, noon, startRun } from "./examples.ts";

const day = 24 * 3_600_000;
const waiting = { kind: "waiting", reason: "away", until: noon } as const;
/** How wrong the clock of this process is. */
const wrongs = [-day, day];

/** Sets the clock of this process by so much, and lets all timers go on as they do. */
const setClock = (byMs: number): void => void vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + byMs }); // prettier-ignore

export function clocksContract(withStore: WithStore): void {
  afterEach(() => void vi.useRealTimers());

  test.each(wrongs)("who has a flow does not depend on a worker's clock that is %i ms ahead", (wrong) =>
    withStore(async (store, db) => {
      const { run, epoch } = await startRun(store);
      const by = noon.add({ milliseconds: wrong });
      setClock(wrong);
      expect(await store.runs.claim(run, by, 8_000)).toBeUndefined();
      await db.rows(sql`update flow_progress set beat_at = clock_timestamp() - interval '7 seconds'`);
      expect(await store.runs.claim(run, by, 8_000)).toBeUndefined();
      await db.rows(sql`update flow_progress set beat_at = clock_timestamp() - interval '9 seconds'`);
      expect((await store.runs.claim(run, by, 8_000))?.epoch).toBe(epoch + 1);
    }),
  ); // prettier-ignore

  test.each(wrongs)("for how long a worker was silent is told by the database, whose clock is not %i ms ahead", (wrong) =>
    withStore(async (store, db) => {
      const { runs, ledger } = store;
      const silentFor = async (): Promise<number> => Math.round((await ledger.unanswered(flow)).silentMs / 1000);
      const { run, epoch } = await startRun(store);
      await ledger.intend(flow, epoch, [{ id: "w1", writes: [] }]);
      await ledger.back.intend(flow, epoch, [{ id: "w2", writes: [] }]);
      setClock(wrong);
      // Nobody had it before: as if it had been sent just now.
      expect(await silentFor()).toBe(0);

      await db.rows(sql`update flow_progress set beat_at = clock_timestamp() - interval '9 seconds'`);
      const next = await runs.claim(run, noon, 8_000);
      expect(await silentFor()).toBe(9);
      expect(Math.round((await ledger.back.unanswered(flow)).silentMs / 1000)).toBe(9);
      // Its own signs of life say nothing of the one before.
      await runs.beat(run, next?.epoch ?? 0);
      expect(await silentFor()).toBe(9);

      // Who died without having announced anything is as if it had never been: what it waited for is not begun anew.
      await db.rows(sql`update flow_progress set beat_at = beat_at - interval '20 seconds', left_at = left_at - interval '20 seconds'`);
      const third = await runs.claim(run, noon, 8_000);
      expect(await silentFor()).toBe(29);
      await runs.turn(run, third?.epoch ?? 0, waiting, noon);
      expect(await silentFor()).toBe(29);

      // Who has announced something may have sent it until it let go of the flow.
      const fourth = await runs.claim(run, noon, 8_000);
      await ledger.intend(flow, fourth?.epoch ?? 0, [{ id: "w3", writes: [] }]);
      await runs.turn(run, fourth?.epoch ?? 0, waiting, noon);
      expect(await silentFor()).toBe(0);
      await db.rows(sql`update flow_progress set left_at = clock_timestamp() - interval '90 seconds'`);
      const fifth = await runs.claim(run, noon, 8_000);
      expect(await silentFor()).toBe(90);
      await ledger.back.intend(flow, fifth?.epoch ?? 0, [{ id: "w4", writes: [] }]);
      await db.rows(sql`update flow_progress set beat_at = clock_timestamp() - interval '9 seconds'`);
      expect(await runs.claim(run, noon, 8_000)).toBeDefined();
      expect(await silentFor()).toBe(9);
    }),
  ); // prettier-ignore

  test.each(wrongs)("a credential is renewed once, and waited for, though the clock is set by %i ms meanwhile", (wrong) =>
    withStore(async ({ registry, safe, vault }) => {
      const connection = { ...crm, credential: { refresh_token: { kind: "kept" } } } as const;
      await registry.save({ connections: [connection], flows: [] });
      await safe.keep(crm.name, { secret: { refresh_token: "r0" }, expires: null });
      const seen = await vault.read(crm.name);
      const asking = Promise.withResolvers<undefined>();
      const answer = Promise.withResolvers<undefined>();
      const first = vault.renew(crm.name, seen, async () => {
        asking.resolve(undefined);
        await answer.promise;
        return { secret: { refresh_token: "r1" }, expires: null };
      });
      await asking.promise;
      const second = vault.renew(crm.name, seen, () => Promise.reject(new Error("asked twice")));
      const told = vi.fn();
      second.then(told, told);
      setClock(wrong);
      await new Promise((resolve) => setTimeout(resolve, 300));
      expect(told).not.toHaveBeenCalled();
      answer.resolve(undefined);
      expect(await Promise.all([first, second])).toEqual([{ refresh_token: "r1" }, { refresh_token: "r1" }]);
    }),
  ); // prettier-ignore

  test("who has not heard of its lease for long asks the database, and begins anew where it is lost", () =>
    withStore(async ({ registry, safe, vault }, db) => {
      const connection = { ...crm, credential: { refresh_token: { kind: "kept" } } } as const;
      await registry.save({ connections: [connection], flows: [] });
      await safe.keep(crm.name, { secret: { refresh_token: "r0" }, expires: null });
      const used: string[] = [];
      let isLate = false;
      const renewed = (after: () => Promise<unknown>) =>
        vault.renew(crm.name, { refresh_token: "r0" }, async ({ refresh_token: refresh = "" }, grip) => {
          if (!isLate) {
            isLate = true;
            expect(grip.sure()).toBe(null);
            setClock(31_000);
            await after();
          }
          await onceSure(grip, async () => used.push(refresh));
          expect(grip.sure()).toBe(null);
          return { secret: { refresh_token: `after ${refresh}` }, expires: null };
        });

      // Another has had it meanwhile, and is through.
      const away = { secret: { refresh_token: "another's" }, expires: null };
      const theirs = await renewed(async () => {
        await db.rows(sql`delete from leases`);
        await safe.keep(crm.name, away);
      });
      expect([theirs, used]).toEqual([away.secret, []]);

      isLate = false;
      // Another has had it, and came to nothing: it is waited for, and what is newest is used.
      await safe.keep(crm.name, { secret: { refresh_token: "r0" }, expires: null });
      await renewed(() => db.rows(sql`update leases set holder = 'another', until = clock_timestamp() - interval '1 second'`));
      expect(used).toEqual(["r0"]);

      isLate = false;
      // It is late, but nobody else has wanted it.
      await safe.keep(crm.name, { secret: { refresh_token: "r0" }, expires: null });
      used.length = 0;
      await renewed(() => db.rows(sql`update leases set until = clock_timestamp() - interval '1 second'`));
      expect(used).toEqual(["r0"]);
      expect(await db.rows(sql`select * from leases`)).toEqual([]);
    })); // prettier-ignore

  test.each(wrongs)("what a tool allows is counted alike by a worker whose clock is %i ms ahead", (wrong) =>
    withStore(async (_, db) => {
      const allowance = allowanceIn(db);
      const bucket = { connection: crm.name, name: "calls", calls: 10, perMs: 60_000 };
      expect((await allowance.draw(bucket, 10)).calls).toBe(10);
      setClock(wrong);
      const { calls, waitMs } = await allowance.draw(bucket, 1);
      expect(calls).toBe(0);
      expect(waitMs).toBeGreaterThan(30_000);
      expect(waitMs).toBeLessThanOrEqual(66_000);
    }),
  ); // prettier-ignore
}
