import { expect, test } from "vitest";
import { connectionName } from "#domain/ids.ts";
import type { Json } from "#domain/json.ts";
import type { InboxEnd, Told } from "#domain/ports/inbox.ts";
import { sql } from "#store/drizzle.ts";
import type { Store, WithStore } from "../support/with-store.ts";
import { at } from "./examples.ts";

const end: InboxEnd = { connection: connectionName("shop"), object: "customers" };
const told = (event: string | null, record: string, more: Partial<Told> = {}): Told => ({
  event,
  record,
  at: null,
  gone: false,
  content: JSON.stringify({ event }),
  ...more,
});

async function readAll({ inbox }: Store, from: Json | null = null, limit = 100) {
  const { records, mark } = await inbox.after(end, from, limit);
  return { seen: records.map(({ record, content }) => [record, content]), mark };
}

export function inboxContract(withStore: WithStore): void {
  test("an event is kept once, whatever it says the second time", () =>
    withStore(async (store) => {
      expect(await store.inbox.keep(end, [told("e1", "7")])).toBe(1);
      expect(await store.inbox.keep(end, [told("e1", "7", { content: "{}" }), told("e2", "8")])).toBe(1); // prettier-ignore
      expect((await readAll(store)).seen).toEqual([
        ["7", '{"event":"e1"}'],
        ["8", '{"event":"e2"}'],
      ]);
      const other = { ...end, object: "orders" };
      expect(await store.inbox.keep(other, [told("e1", "7")])).toBe(1);
    }));

  test("an event without an id of its own is never taken for another", () =>
    withStore(async ({ inbox }) => {
      expect(await inbox.keep(end, [told(null, "7"), told(null, "7")])).toBe(2);
    }));

  test("a reader goes on where it was, and sees of each record the newest alone", () =>
    withStore(async (store) => {
      await store.inbox.keep(end, [told("e1", "7"), told("e2", "8")]);
      const { seen, mark } = await readAll(store, null, 1);
      expect(seen.map(([record]) => record)).toEqual(["7"]);
      await store.inbox.keep(end, [told("e3", "9"), told("e4", "8")]);
      expect(await store.inbox.count(end, mark)).toBe(2);
      const onward = await readAll(store, mark);
      expect(onward.seen).toEqual([
        ["9", '{"event":"e3"}'],
        ["8", '{"event":"e4"}'],
      ]);
      expect((await readAll(store, onward.mark)).seen).toEqual([]);
      expect(await store.inbox.count(end, onward.mark)).toBe(0);
      expect((await readAll(store)).seen.map(([record]) => record)).toEqual(["7", "9", "8"]);
    }));

  test("what is told too late changes nothing", () =>
    withStore(async (store) => {
      const newer = told("e2", "7", { at: at("12:00:00") });
      const older = told("e1", "7", { at: at("11:00:00") });
      await store.inbox.keep(end, [newer]);
      const { mark } = await readAll(store);
      expect(await store.inbox.keep(end, [older])).toBe(1);
      expect((await readAll(store, mark)).seen).toEqual([]);
      const [kept] = await store.inbox.newest(end, ["7", "no such"]);
      expect(kept).toEqual({ record: "7", gone: false, content: '{"event":"e2"}', at: newer.at });
    }));

  test("deliveries at the same time are each counted, and kept in the order in which they came", () =>
    withStore(async (store) => {
      const records = Array.from({ length: 60 }, (_, n) => String(n));
      const keep = (record: string) =>
        store.inbox.keep(end, [told(`e${record}`, record), told(`f${record}`, record)]);
      expect(await Promise.all(records.map(keep))).toEqual(records.map(() => 2));
      expect((await readAll(store)).seen.map(([record]) => record)).toEqual(records);
      const again = [told("e1", "1"), told("new", "1")];
      const other = { ...end, object: "orders" };
      const counts = await Promise.all([
        store.inbox.keep(end, again),
        store.inbox.keep(end, again),
        store.inbox.keep(other, again),
      ]);
      expect(counts).toEqual([1, 0, 2]);
    }));

  test("of what comes at the same time, too, the later is the newest, whatever comes last", () =>
    withStore(async (store) => {
      await Promise.all([
        store.inbox.keep(end, [told("e0", "1")]),
        store.inbox.keep(end, [told("e2", "7", { at: at("12:00:00") })]),
        store.inbox.keep(end, [told("e1", "7", { at: at("11:00:00") })]),
        store.inbox.keep({ ...end, object: "orders" }, [told("e1", "7", { at: at("11:00:00") })]),
      ]);
      const [kept] = await store.inbox.newest(end, ["7"]);
      expect(kept?.content).toBe('{"event":"e2"}');
      const [order] = await store.inbox.newest({ ...end, object: "orders" }, ["7"]);
      expect(order?.content).toBe('{"event":"e1"}');
    }));

  test("a delivery that no database takes is refused whole, and those beside it are kept", () =>
    withStore(async (store) => {
      const never = Temporal.Instant.from("+200000-01-01T00:00:00Z");
      const outcomes = await Promise.allSettled([
        store.inbox.keep(end, [told("e1", "1")]),
        store.inbox.keep(end, [told("e2", "2"), told("e3", "3", { at: never })]),
        store.inbox.keep(end, [told("e4", "4")]),
      ]);
      expect(outcomes.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
      expect((await readAll(store)).seen.map(([record]) => record)).toEqual(["1", "4"]);
    }));

  test("what was replaced two weeks ago is forgotten, and the newest of a record is not", () =>
    withStore(async (store, db) => {
      await store.inbox.keep(end, [told("e1", "7"), told("e2", "7"), told("e3", "8", { gone: true })]); // prettier-ignore
      await db.rows(sql`update received set received_at = received_at - make_interval(days => 15)`);
      // Another process looks, since this one has just tidied up.
      const { inboxIn } = await import("#store/inbox.ts");
      await inboxIn(db).keep(end, [told("e4", "9")]);
      const left = await db.rows(sql`select event from received order by seq`);
      expect(left.map((row) => row["event"])).toEqual(["e2", "e4"]);
    }));

  test("text that no database takes is kept all the same", () =>
    withStore(async (store) => {
      await store.inbox.keep(end, [told("e\0", "7\ud800", { content: '{"name":"a\0b"}' })]);
      expect((await readAll(store)).seen).toEqual([["7\ufffd", '{"name":"a\ufffdb"}']]);
      expect(await store.inbox.newest(end, ["7\ud800"])).toHaveLength(1);
    }));
}
