import { expect, test } from "vitest";
import type { Page } from "#domain/record.ts";
import { readAhead, type Reading } from "#engine/read-ahead.ts";

const page = (from: number, records: number, bytes = 0): Page => ({
  records: Array.from({ length: records }, (_, n) => ({
    id: String(from + n),
    changedAt: null,
    raw: () => new Uint8Array(),
    content: { kind: "gone" },
  })),
  checkpoint: from + records,
  bytes,
});
const upTo = (records: number): Reading => ({
  together: () => records,
  moment: () => new Promise((resolve) => setTimeout(resolve, 20)),
  close: () => undefined,
});
const soon = () => new Promise((resolve) => setTimeout(resolve, 5));

test("pages that are there are put together in their order, up to the number that is wanted", async () => {
  async function* pages() {
    for (let n = 0; n < 10; n += 1) yield page(n * 100, 100);
  }
  const parts: Page[] = [];
  for await (const part of readAhead(pages(), upTo(300))) {
    parts.push(part);
    await soon();
  }
  expect(parts.flatMap(({ records }) => records.map(({ id }) => id))).toEqual(
    Array.from({ length: 1000 }, (_, n) => String(n)),
  );
  expect(Math.max(...parts.map(({ records }) => records.length))).toBe(300);
  expect(parts.at(-1)?.checkpoint).toBe(1000);
});

test("of large pages no more are read ahead than fit", async () => {
  let read = 0;
  async function* pages() {
    for (; read < 20;) yield page((read += 1), 100, 5 * 1024 * 1024);
  }
  for await (const _part of readAhead(pages(), upTo(1000))) {
    await soon();
    break;
  }
  expect(read).toBeLessThanOrEqual(4);
});

test("what would take long together is worked on bit by bit", async () => {
  const sizes = [0.9, 0.9, 0.9, 5, 0.1, 0.1];
  async function* pages() {
    for (const [n, size] of sizes.entries()) yield page(n, 1, size * 1024 * 1024);
  }
  const parts: string[][] = [];
  for await (const { records } of readAhead(pages(), upTo(1000))) {
    parts.push(records.map(({ id }) => id));
    await soon();
  }
  expect(parts).toEqual([["0", "1"], ["2"], ["3"], ["4", "5"]]);
});

test("an error comes after the pages before it", async () => {
  async function* pages() {
    yield page(0, 10);
    yield page(10, 10);
    throw new Error("no more");
  }
  let records = 0;
  const all = async () => {
    for await (const part of readAhead(pages(), upTo(1000))) {
      records += part.records.length;
      await soon();
    }
  };
  await expect(all()).rejects.toThrow("no more");
  expect(records).toBe(20);
});

test("a page waits a moment for the next ones, and no longer", async () => {
  const slow = Promise.withResolvers<void>();
  async function* pages() {
    for (let n = 0; n < 3; n += 1) {
      await new Promise(setImmediate);
      yield page(n * 100, 100);
    }
    await slow.promise;
    yield page(300, 100);
  }
  const parts: number[] = [];
  for await (const { records } of readAhead(pages(), upTo(1000))) {
    parts.push(records.length);
    slow.resolve();
  }
  expect(parts).toEqual([300, 100]);
});
