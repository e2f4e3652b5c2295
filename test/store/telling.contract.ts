import { expect, test } from "vitest";
import type { Counts } from "#domain/run.ts";
import { noCounts } from "#domain/run.ts";
import type { Store, WithStore } from "../support/with-store.ts";
import { at, flow, noon, page, startRun } from "./examples.ts";

const card = { kind: "incident", id: "i1" } as const;
const note = { kind: "incident_note", id: "i1", note: 2 } as const;
const digest = { kind: "digest", date: "2026-11-23" } as const;

async function ran(
  store: Store,
  from: string,
  to: string,
  failed: boolean,
  counts: Partial<Counts>,
) {
  const { run } = await store.runs.queue(
    {
      flow,
      trigger: { kind: "schedule" },
      work: { kind: "sync", full: false, approved: null },
      channel: null,
    },
    at(from),
  );
  const claim = await store.runs.claim(run.id, at(from), 0);
  const taken = { run: run.id, epoch: claim?.epoch ?? 0 };
  await store.ledger.commit(page(taken, { counts: { ...noCounts, ...counts } }));
  const end = failed ? ({ kind: "failed", reason: "" } as const) : ({ kind: "done" } as const);
  await store.runs.turn(taken.run, taken.epoch, end, at(to));
}

export function tellingContract(withStore: WithStore): void {
  test("what is to be told waits once, oldest first, until it is done", () =>
    withStore(async ({ outbox }) => {
      for (const subject of [note, card, note, digest, card]) await outbox.tell(subject);
      const due = await outbox.due(9, noon);
      expect(due).toEqual([note, card, digest].map((subject) => ({ subject, attempts: 0 })));
      await outbox.done(card);
      await outbox.later(note, at("12:05:00"), "Slack does not answer");
      expect(await outbox.waiting()).toBe(2);
      expect(await outbox.due(9, noon)).toEqual([{ subject: digest, attempts: 0 }]);
      expect(await outbox.due(9, at("12:05:00"))).toContainEqual({ subject: note, attempts: 1 });
    }));

  test("the progress of a run, for which somebody waits, is told first", () =>
    withStore(async ({ outbox }) => {
      const run = { kind: "run", id: "r1" } as const;
      for (const subject of [card, digest, run]) await outbox.tell(subject);
      expect((await outbox.due(2, noon)).map(({ subject }) => subject)).toEqual([run, card]);
    }));

  test("what is asked for while it is being told is told again", () =>
    withStore(async ({ outbox }) => {
      await outbox.tell(card);
      await outbox.due(9, noon);
      await outbox.tell(card);
      await outbox.done(card);
      expect(await outbox.due(9, noon)).toHaveLength(1);
      await outbox.done(card);
      expect(await outbox.waiting()).toBe(0);
    }));

  test("what goes on is due after a while, or at once when asked for again", () =>
    withStore(async ({ outbox }) => {
      const due = async (time: string) => outbox.due(9, at(time));
      await outbox.tell(card);
      await due("12:00:00");
      await outbox.later(card, at("12:00:02"), "Slack does not answer");
      await due("12:00:02");
      await outbox.goesOn(card, at("12:00:05"));
      expect(await due("12:00:04")).toEqual([]);
      expect(await due("12:00:05")).toEqual([{ subject: card, attempts: 0 }]);
      await outbox.goesOn(card, at("12:00:09"));
      await outbox.tell(card);
      expect(await due("12:00:06")).toHaveLength(1);
      await outbox.tell(card);
      await outbox.goesOn(card, at("12:00:09"));
      expect(await due("12:00:06")).toHaveLength(1);
    }));

  test("to ask again does not hurry a Slack that refused", () =>
    withStore(async ({ outbox }) => {
      await outbox.tell(card);
      await outbox.due(9, noon);
      await outbox.later(card, at("12:05:00"), "ratelimited");
      await outbox.tell(card);
      expect(await outbox.due(9, at("12:04:00"))).toEqual([]);
    }));

  test("a message is found by its subject, and its subject by the message", () =>
    withStore(async ({ posts }) => {
      expect(await posts.get(note)).toBeUndefined();
      await posts.put(note, { channel: "C1", ts: "1.0" });
      await posts.put(note, { channel: "C2", ts: "2.0" });
      expect(await posts.get(note)).toEqual({ channel: "C2", ts: "2.0" });
      expect(await posts.about("C2", "2.0")).toEqual(note);
      expect(await posts.about("C1", "1.0")).toBeUndefined();
      await posts.forget(note);
      expect(await posts.about("C2", "2.0")).toBeUndefined();
    }));

  test("settings keep what nobody changed", () =>
    withStore(async ({ settings }) => {
      const first = await settings.get();
      await settings.set({ channel: "C1" });
      expect(await settings.get()).toEqual({ ...first, channel: "C1" });
      const changed = { on: false, channel: "C2", time: "07:30", zone: "Asia/Tokyo" };
      await settings.set({ digest: changed });
      expect(await settings.get()).toEqual({ channel: "C1", digest: changed });
    }));

  test("figures are of syncs that ended in the span, by the zone's days", () =>
    withStore(async (store) => {
      await ran(store, "10:00:00", "10:00:02", false, { read: 100, created: 10, unchanged: 90 });
      await ran(store, "14:58:00", "14:58:04", false, { read: 50, deadLettered: 3, updated: 47 });
      await ran(store, "15:30:00", "15:31:00", true, { read: 5, deadLettered: 5 });
      const [from, to] = [at("00:00:00"), at("23:59:59")];
      expect(await store.figures.byFlow(from, to)).toEqual([
        {
          flow,
          runs: 3,
          failedRuns: 1,
          records: 155,
          written: 57,
          deadLettered: 8,
          medianMs: 3000,
          p95Ms: 3900,
        },
      ]);
      expect(await store.figures.byFlow(from, at("09:00:00"))).toEqual([]);
      expect(await store.figures.byDay(from, to, "Asia/Tokyo")).toEqual([
        { flow, day: "2026-11-23", records: 150, failures: 3 },
        { flow, day: "2026-11-24", records: 5, failures: 5 },
      ]);
    }));

  test("a run under way is in no figures", () =>
    withStore(async (store) => {
      await startRun(store);
      expect(await store.figures.byFlow(at("00:00:00"), at("23:59:59"))).toEqual([]);
    }));
}
