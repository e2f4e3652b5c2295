import { expect, test } from "vitest";
import type { DeadLetterId } from "#domain/ids.ts";
import type { NewDeadLetter } from "#domain/ports/ledger.ts";
import { bulkOf, type Run } from "#domain/run.ts";
import type { Store, WithStore } from "../support/with-store.ts";
import { at, flow, letter, noon, page, startRun } from "./examples.ts";

export function bulkRetryContract(withStore: WithStore): void {
  test("a bulk retry takes each that was open, oldest first, and none twice", () =>
    withStore(async (store) => {
      await withLetters(store, 25);
      const { run, epoch } = await started(store);
      expect(run).toMatchObject({ total: 25, work: { bulk: { incident: null, taken: 0 } } });
      const took: DeadLetterId[] = [];
      for (const [most, expected] of [
        [1, 1],
        [10, 10],
        [10, 10],
        [10, 4],
        [10, 0],
      ] as const) {
        const ids = await store.runs.takeMore(run.id, epoch, most, at("13:00:00"));
        expect(ids).toHaveLength(expected);
        const now = await store.runs.get(run.id);
        expect(now?.work).toMatchObject({ letters: ids });
        took.push(...ids);
        expect(now && bulkOf(now)?.taken).toBe(took.length);
        // Those of the page before were not settled: they are open again.
        expect(await store.letters.count({ flow, states: ["retrying"] })).toBe(ids.length);
      }
      expect(new Set(took).size).toBe(25);
      expect(await store.letters.count({ flow, states: ["open"] })).toBe(25);
    }));

  test("what came later, is in doubt or in other hands is left alone", () =>
    withStore(async (store) => {
      const doubtful = letter("d", {
        fingerprint: "f|books|customers|write|ambiguous_write||name|perhaps",
      });
      await withLetters(store, 4, [doubtful]);
      const { run, epoch } = await started(store);
      await store.runs.turn(run.id, epoch, { kind: "waiting", reason: "", until: noon }, noon);
      const other = await startRun(store);
      const late = [letter("late")];
      await store.ledger.commit(page(other, { at: at("15:00:00"), letters: late }));
      await store.runs.turn(other.run, other.epoch, { kind: "done" }, noon);
      const first = (await store.letters.list({ flow, limit: 9 })).find(({ key }) => key === "0");
      if (first === undefined) throw new Error("no letter");
      await store.runs.retry(flow, [first.id], "U9", noon);
      const taken = await store.runs.claim(run.id, noon, 0);
      const ids = await store.runs.takeMore(run.id, taken?.epoch ?? 0, 99, at("16:00:00"));
      const letters = await store.letters.those(ids);
      expect(letters.map(({ key }) => key)).not.toContain(first.key);
      expect(letters.map(({ key }) => key).every((key) => /^\d$/.test(key))).toBe(true);
      expect(ids).toHaveLength(3);
    }));

  test("one at a time for a flow, and another epoch takes nothing", () =>
    withStore(async (store) => {
      await withLetters(store, 3);
      const both = await Promise.all([ask(store), ask(store)]);
      expect(both.map(({ fresh }) => fresh).toSorted()).toEqual([false, true]);
      expect(both[0].run.id).toBe(both[1].run.id);
      const { run, epoch } = await started(store);
      expect(await store.runs.takeMore(run.id, epoch - 1, 9, noon)).toEqual([]);
      expect(await store.letters.count({ flow, states: ["open"] })).toBe(3);
    }));

  test("it pauses when asked, is not taken up meanwhile, and goes on", () =>
    withStore(async (store) => {
      const { runs } = store;
      await withLetters(store, 3);
      const { run, epoch } = await started(store);
      const [one] = await runs.takeMore(run.id, epoch, 1, noon);
      // Nobody wants it to.
      expect(await runs.turn(run.id, epoch, { kind: "paused", by: "U2" }, noon)).toBe(false);
      const again = await runs.claim(run.id, noon, 0);
      expect(await runs.pause(run.id, "U2")).toBe(true);
      expect(await runs.pause(run.id, "U3")).toBe(false);
      expect(await runs.beat(run.id, again?.epoch ?? 0)).toEqual({
        ours: true,
        cancelled: false,
        by: null,
        paused: "U2",
      });
      const paused = { kind: "paused", by: "U2" } as const;
      expect(await runs.turn(run.id, again?.epoch ?? 0, paused, noon)).toBe(true);
      expect((await runs.get(run.id))?.state).toEqual(paused);
      expect(await runs.unfinished()).toHaveLength(1);
      expect(await runs.claim(run.id, noon, 0)).toBeUndefined();
      expect(await runs.resume(run.id)).toBe(true);
      expect(await runs.resume(run.id)).toBe(false);
      expect((await runs.claim(run.id, noon, 0))?.run.work).toMatchObject({ letters: [one] });
    }));

  test("who cancels a paused one has what it holds open again at once", () =>
    withStore(async (store) => {
      const { runs, letters } = store;
      await withLetters(store, 12);
      const untouched = (await letters.list({ flow, limit: 99 })).slice(5);
      const { run, epoch } = await started(store);
      await runs.takeMore(run.id, epoch, 5, at("13:00:00"));
      await runs.pause(run.id, "U2");
      await runs.turn(run.id, epoch, { kind: "paused", by: "U2" }, noon);
      expect(await runs.cancel(run.id, "U3", noon)).toBe(true);
      expect((await runs.get(run.id))?.state).toEqual({ kind: "cancelled", by: "U3" });
      const now = await letters.list({ flow, limit: 99 });
      expect(now.every(({ state }) => state.kind === "open")).toBe(true);
      expect(now.slice(5)).toEqual(untouched);
      expect(now[0]?.history.at(-1)).toMatchObject({ by: "U3", what: "Retry cancelled" });
    }));
}

const ask = (store: Store) =>
  store.runs.retryAll({ flow, incident: null, by: "U1", as: null, total: 25, channel: null }, noon);

async function started(store: Store): Promise<{ run: Run; epoch: number }> {
  const { run } = await ask(store);
  const taken = await store.runs.claim(run.id, noon, 0);
  if (taken === undefined) throw new Error("not taken");
  await store.runs.turn(run.id, taken.epoch, { kind: "running" }, noon);
  return taken;
}

/** Open dead letters, left by a sync that is done. */
async function withLetters(store: Store, count: number, more: readonly NewDeadLetter[] = []) {
  const sync = await startRun(store);
  const letters = Array.from({ length: count }, (_, n) => letter(String(n)));
  await store.ledger.commit(page(sync, { letters: [...letters, ...more] }));
  await store.runs.turn(sync.run, sync.epoch, { kind: "done" }, noon);
}
