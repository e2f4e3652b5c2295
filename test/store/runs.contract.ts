import { expect, test } from "vitest";
import { flowName, runId, type DeadLetterId } from "#domain/ids.ts";
import type { NewRun } from "#domain/ports/runs.ts";
import type { Run, RunState } from "#domain/run.ts";
import type { Store, WithStore } from "../support/with-store.ts";
import { at, flow, letter, noon, page, startRun } from "./examples.ts";

const asked = (work: NewRun["work"], of = flow) => ({
  flow: of,
  trigger: { kind: "schedule" } as const,
  work,
  channel: null,
});
const sync = { kind: "sync", full: false, approved: null } as const;

export function runsContract(withStore: WithStore): void {
  test("a flow has one sync at a time, however many ask at once", () =>
    withStore(async ({ runs }) => {
      const queued = await Promise.all([1, 2, 3, 4].map(() => runs.queue(asked(sync), noon)));
      expect(queued.filter(({ fresh }) => fresh)).toHaveLength(1);
      expect(new Set(queued.map(({ run }) => run.id)).size).toBe(1);
      expect((await runs.queue(asked(sync, flowName("another")), noon)).fresh).toBe(true);
      expect(await runs.unfinished()).toHaveLength(2);
    }));

  test("a sync still in the queue takes up what another would have done more", () =>
    withStore(async ({ runs }) => {
      await runs.queue(asked(sync), noon);
      const { run, fresh } = await runs.queue(asked({ ...sync, approved: "a set" }), noon);
      expect(fresh).toBe(false);
      expect(run.work).toEqual({ kind: "sync", full: false, approved: "a set" });
    }));

  test("a run that brings records along knows which, and stands beside a sync", () =>
    withStore(async ({ runs }) => {
      await runs.queue(asked(sync), noon);
      const { id } = await runs.bring(flow, ["a,1", "ü"], { kind: "schedule" }, noon);
      const { run } = (await runs.claim(id, noon, 60_000)) ?? {};
      expect(run).toMatchObject({ work: { kind: "bring", keys: ["a,1", "ü"] }, trigger: { kind: "schedule" } }); // prettier-ignore
    }));

  test("one worker gets a run, and one run gets a flow", () =>
    withStore(async (store) => {
      const { runs } = store;
      const { ids } = await withLetters(store);
      const first = await runs.queue(asked(sync), noon);
      const second = await runs.retry(flow, ids, "U1", noon);
      expect(await runs.unfinished()).toHaveLength(2);
      const both = [first.run.id, second?.id ?? runId("")];
      const claims = await Promise.all(
        [...both, ...both].map((id) => runs.claim(id, noon, 30_000)),
      );
      const won = claims.filter((claim) => claim !== undefined);
      expect(won).toHaveLength(1);
      expect(won[0]?.run.state).toEqual({ kind: "running" });

      const again = await runs.claim(first.run.id, noon, 0);
      expect(again?.epoch).toBe((won[0]?.epoch ?? 0) + 1);
    }));

  test("a run that waits lets go of its flow, and one that is over stays as it ended", () =>
    withStore(async (store) => {
      const { runs } = store;
      const { run, epoch } = await startRun(store);
      const until = at("14:00:00");
      expect(await runs.turn(run, epoch, { kind: "waiting", reason: "429", until }, noon)).toBe(
        true,
      );
      expect(await runs.turn(run, epoch, { kind: "done" }, noon)).toBe(false);
      await expect(store.ledger.commit(page({ run, epoch }))).rejects.toThrow("taken");

      const taken = await runs.claim(run, until, 30_000);
      if (taken === undefined) throw new Error("not taken");
      expect(await runs.turn(run, epoch, { kind: "done" }, noon)).toBe(false);
      expect(await runs.turn(run, taken.epoch, { kind: "failed", reason: "Why" }, until)).toBe(
        true,
      );
      expect(await runs.turn(run, taken.epoch, { kind: "done" }, until)).toBe(false);
      expect(await runs.cancel(run, "U1", until)).toBe(false);
      expect(await runs.claim(run, until, 0)).toBeUndefined();
      expect(await runs.get(run)).toMatchObject({
        state: { kind: "failed", reason: "Why" },
        startedAt: noon,
        endedAt: until,
      });
    }));

  test("a queued run is cancelled at once, a running one is asked to stop", () =>
    withStore(async (store) => {
      const { runs } = store;
      const { run, epoch } = await startRun(store);
      expect(await runs.beat(run, epoch)).toMatchObject({ ours: true, cancelled: false, by: null });
      expect(await runs.cancel(run, "U1", noon)).toBe(true);
      expect(await runs.beat(run, epoch)).toMatchObject({ cancelled: true, by: "U1" });
      expect(await runs.beat(run, epoch - 1)).toMatchObject({
        ours: false,
        cancelled: false,
        by: null,
      });
      expect(await runs.turn(run, epoch, { kind: "cancelled", by: "U1" }, noon)).toBe(true);

      const queued = await runs.queue(asked(sync), noon);
      expect(await runs.cancel(queued.run.id, "U2", noon)).toBe(true);
      expect((await runs.get(queued.run.id))?.state).toEqual({ kind: "cancelled", by: "U2" });
    }));

  test("however a retry ends, what it did not come to is open again and says why", () =>
    withStore(async (store) => {
      const { runs, letters } = store;
      const { ids } = await withLetters(store);
      const until = at("14:00:00");
      const waiting = { kind: "waiting", reason: "429", until } as const;
      /** How far it comes, how it ends, and what the history says. */
      const ends: [RunState[], RunState | "cancel", string][] = [
        [[], "cancel", "Retry cancelled"],
        [[waiting], "cancel", "Retry cancelled"],
        [[], { kind: "cancelled", by: "U9" }, "Retry cancelled"],
        [[waiting], { kind: "failed", reason: "no key" }, "Not tried: no key"],
        [[], { kind: "done" }, "Not tried: the source did not say what the record is now"],
      ];
      for (const [before, end, what] of ends) {
        const run = await runs.retry(flow, ids, "U1", noon);
        if (run === undefined) throw new Error(`nothing was open before: ${what}`);
        expect(await runs.retry(flow, ids, "U2", noon)).toBeUndefined();
        for (const state of before) await runs.turn(run.id, await claim(store, run), state, noon);
        if (end === "cancel") await runs.cancel(run.id, "U9", noon);
        else await runs.turn(run.id, await claim(store, run), end, noon);
        const [first, second] = await letters.list({ flow, limit: 9 });
        expect([first?.state, second?.state]).toEqual([{ kind: "open" }, { kind: "open" }]);
        expect(first?.history.at(-1)?.what).toBe(what);
      }
    }));

  test("a retry that ends lets another keep what it has taken since", () =>
    withStore(async (store) => {
      const { runs, letters } = store;
      const { ids } = await withLetters(store);
      const first = await runs.retry(flow, ids, "U1", noon);
      const sync = await startRun(store);
      await store.ledger.commit(page(sync, { letters: [letter("1")] }));
      const second = await runs.retry(flow, ids, "U2", at("13:00:00"));
      expect(second?.work).toMatchObject({ letters: [expect.any(String)] });
      await runs.cancel(first?.id ?? runId(""), "U1", at("14:00:00"));
      const now = await letters.list({ flow, limit: 9 });
      expect(Object.fromEntries(now.map(({ key, state }) => [key, state.kind]))).toEqual({
        "1": "retrying",
        "2": "open",
      });
    }));

  test("a cancelled retry that nobody works on is told so by whoever takes it next", () =>
    withStore(async (store) => {
      const { runs } = store;
      const { ids } = await withLetters(store);
      const run = await runs.retry(flow, ids, "U1", noon);
      if (run === undefined) throw new Error("nothing was open");
      await claim(store, run);
      expect(await runs.cancel(run.id, "U9", noon)).toBe(true);
      const epoch = await claim(store, run);
      expect(await runs.beat(run.id, epoch)).toMatchObject({ cancelled: true, by: "U9" });
      await runs.turn(run.id, epoch, { kind: "cancelled", by: "U9" }, noon);
      expect(await store.letters.count({ flow, states: ["open"] })).toBe(2);
    }));

  test("runs are listed newest first", () =>
    withStore(async ({ runs }) => {
      const other = flowName("another");
      await runs.queue(asked(sync), noon);
      await runs.queue(asked(sync, other), at("13:00:00"));
      expect((await runs.list({ limit: 9 })).map((run) => run.flow)).toEqual([other, flow]);
      expect(await runs.list({ flow, limit: 9 })).toHaveLength(1);
      const [newest] = await runs.list({ limit: 1 });
      if (newest) await runs.setTotal(newest.id, 5_000_000_000);
      expect((await runs.list({ limit: 1 }))[0]?.total).toBe(5_000_000_000);
    }));
}

/** Two open dead letters, left by a sync that is done. */
async function withLetters(store: Store): Promise<{ ids: readonly DeadLetterId[] }> {
  const first = await startRun(store);
  await store.ledger.commit(page(first, { letters: [letter("1"), letter("2")] }));
  await store.runs.turn(first.run, first.epoch, { kind: "done" }, noon);
  return { ids: (await store.letters.list({ flow, limit: 9 })).map(({ id }) => id) };
}

async function claim({ runs }: Store, run: Run): Promise<number> {
  const taken = await runs.claim(run.id, noon, 0);
  if (taken === undefined) throw new Error("not taken");
  return taken.epoch;
}
