import { expect, test } from "vitest";
import type { Page, SourceRecord } from "#domain/record.ts";
import { makeUnderWay } from "#engine/under-way.ts";

const record = (id: string, into?: string): SourceRecord => ({
  id,
  changedAt: null,
  raw: () => new Uint8Array(),
  content: { kind: "gone", ...(into !== undefined && { into }) },
});
const pageOf = (...records: SourceRecord[]): Page => ({ records, checkpoint: null });

/** A page with these records has begun, and is not stored yet. */
function begun(...ids: string[]) {
  const way = makeUnderWay();
  const { promise: stored, resolve, reject } = Promise.withResolvers<void>();
  const page = pageOf(...ids.map((id) => record(id)));
  way.began({ page, read: ids.length, quiet: 0, open: [], settled: [], deals: [] }, { stored });
  const isClear = async (...records: SourceRecord[]): Promise<boolean> => {
    let clear = false;
    void way.clear(pageOf(...records)).then(() => (clear = true));
    await new Promise((resolve) => setImmediate(resolve));
    return clear;
  };
  return { way, resolve, reject, isClear };
}

test("a page waits for what is on its way of its own records, or where one has become another", async () => {
  const { way, resolve, isClear } = begun("a", "b");
  expect(await isClear(record("c"))).toBe(true);
  expect(await isClear(record("c"), record("b"))).toBe(false);
  expect(await isClear(record("c"), record("d", "e"))).toBe(false);
  resolve();
  await way.stored();
  expect(await isClear(record("b"))).toBe(true);
});

test("what kept a page from being stored is told to all who wait for it", async () => {
  const { way, reject } = begun("a");
  const waiting = expect(way.clear(pageOf(record("a")))).rejects.toThrow("the disk is full");
  reject(new Error("the disk is full"));
  await waiting;
  await expect(way.stored()).rejects.toThrow("the disk is full");
});

test("where nothing has begun nobody waits", async () => {
  const way = makeUnderWay();
  await way.clear(pageOf(record("a"), record("b", "a")));
  await way.stored();
});
