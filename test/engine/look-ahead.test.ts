import { expect, test } from "vitest";
import type { Page, SourceRecord } from "#domain/record.ts";
import { lookAhead } from "#engine/look-ahead.ts";
import type { Looked } from "#engine/look.ts";

const record = (id: string, into?: string): SourceRecord => ({
  id,
  changedAt: null,
  raw: () => new Uint8Array(),
  content: { kind: "gone", ...(into === undefined ? {} : { into }) },
});
const page = (...records: SourceRecord[]): Page => ({ records, checkpoint: null });
const idsOf = ({ records }: Page): string => records.map(({ id }) => id).join(" ");
const soon = () => new Promise((resolve) => setTimeout(resolve, 5));

/** Works through pages that are there at once, and writes down in which order that is done. */
async function worked(pages: readonly Page[], mayGoAhead = true): Promise<string[]> {
  const done: string[] = [];
  async function* read() {
    yield* pages;
  }
  const look = async (page: Page): Promise<Looked> => {
    done.push(`look at ${idsOf(page)}`);
    await soon();
    return { page, read: page.records.length, quiet: 0, open: [], settled: [], deals: [] };
  };
  for await (const { page } of lookAhead(read(), look, { mayGoAhead, close: () => undefined })) {
    done.push(`begin ${idsOf(page)}`);
    await soon();
    await soon();
    done.push(`end ${idsOf(page)}`);
  }
  return done;
}

const one = page(record("a"), record("b"));
const two = page(record("c"));

test("the next page is looked at while one is worked on, and no page more", async () => {
  expect(await worked([one, two, page(record("d"))])).toEqual([
    "look at a b",
    "begin a b",
    "look at c",
    "end a b",
    "begin c",
    "look at d",
    "end c",
    "begin d",
    "end d",
  ]);
});

const inTurn = (second: string) => [
  "look at a b",
  "begin a b",
  "end a b",
  `look at ${second}`,
  `begin ${second}`,
  `end ${second}`,
];

test("a page with a record of the one in hand, or one that became another, has to wait", async () => {
  expect(await worked([one, page(record("b"))])).toEqual(inTurn("b"));
  expect(await worked([one, page(record("c"), record("b"))])).toEqual(inTurn("c b"));
  expect(await worked([one, page(record("c", "a"))])).toEqual(inTurn("c"));
  expect(await worked([one, two], false)).toEqual(inTurn("c"));
});

test("an error comes in its place, and whoever stops early ends the read that is under way", async () => {
  const ended = Promise.withResolvers<never>();
  let returned = false;
  async function* endless() {
    try {
      yield one;
      yield await ended.promise;
    } finally {
      returned = true;
    }
  }
  const close = () => ended.reject(new Error("closed"));
  const look = (page: Page): Promise<Looked> =>
    Promise.resolve({ page, read: 2, quiet: 0, open: [], settled: [], deals: [] });
  for await (const { page } of lookAhead(endless(), look, { mayGoAhead: true, close })) {
    expect(page).toBe(one);
    break;
  }
  expect(returned).toBe(true);

  async function* broken() {
    yield one;
    throw new Error("the tool is away");
  }
  const seen: Page[] = [];
  const all = async () => {
    for await (const { page } of lookAhead(broken(), look, { mayGoAhead: true, close }))
      seen.push(page);
  };
  await expect(all()).rejects.toThrow("the tool is away");
  expect(seen).toEqual([one]);
});

const looked = (page: Page): Promise<Looked> =>
  Promise.resolve({ page, read: 1, quiet: 0, open: [], settled: [], deals: [] });

test("whoever stops early ends a read as well that has its next page ready", async () => {
  let returned = false;
  let closed = 0;
  async function* read() {
    try {
      yield* [one, two];
      yield page(record("d"));
    } finally {
      returned = true;
    }
  }
  const about = { mayGoAhead: true, close: () => void (closed += 1) };
  for await (const { page } of lookAhead(read(), looked, about)) {
    expect(page).toBe(one);
    await soon();
    break;
  }
  expect([returned, closed]).toEqual([true, 1]);
});

test("an error of the next page is nobody's before somebody comes for that page", async () => {
  const alone: unknown[] = [];
  const heard = (error: unknown) => void alone.push(error);
  process.on("unhandledRejection", heard);
  async function* broken() {
    yield one;
    throw new Error("the tool is away");
  }
  const pages = lookAhead(broken(), looked, { mayGoAhead: true, close: () => undefined });
  expect((await pages.next()).done).toBe(false);
  await soon();
  process.off("unhandledRejection", heard);
  expect(alone).toEqual([]);
  await expect(pages.next()).rejects.toThrow("the tool is away");
});
