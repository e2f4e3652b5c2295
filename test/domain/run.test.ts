import { expect, test } from "vitest";
import { turned, type Link } from "#domain/link.ts";
import { bulkOf, imbalance, isOver, noCounts, written, type RunState } from "#domain/run.ts";

test("books balance only with every column in them", () => {
  const counts = { read: 28, created: 1, updated: 2, unchanged: 3, filtered: 4, deleted: 5, deadLettered: 6, held: 7 }; // prettier-ignore
  expect(imbalance(counts)).toBe(0);
  expect(written(counts)).toBe(8);
  for (const column of Object.keys(noCounts) as (keyof typeof noCounts)[])
    expect(Math.abs(imbalance({ ...counts, [column]: 0 })), column).toBe(counts[column]);
});

test("a run is over once it is done, failed or cancelled", () => {
  const until = Temporal.Instant.from("2026-11-23T08:00:00Z");
  const states: RunState[] = [
    { kind: "queued" },
    { kind: "running" },
    { kind: "waiting", reason: "quota", until },
    { kind: "paused", by: "U1" },
    { kind: "done" },
    { kind: "failed", reason: "books" },
    { kind: "cancelled", by: "U1" },
  ];
  expect(states.filter(isOver).map(({ kind }) => kind)).toEqual(["done", "failed", "cancelled"]);
});

test("only a retry of a cause or a flow is a bulk retry", () => {
  const bulk = { incident: null, taken: 3 };
  expect(bulkOf({ work: { kind: "retry", letters: [], bulk } })).toBe(bulk);
  expect(bulkOf({ work: { kind: "retry", letters: [] } })).toBeNull();
  expect(bulkOf({ work: { kind: "sync", full: true, approved: null } })).toBeNull();
});

test("a link seen from its other end, and from there again, is the same", () => {
  const link: Link = {
    key: "a",
    id: "t1",
    version: null,
    hash: "here",
    base: { name: "Ada" },
    back: { hash: "there", base: { name: "ADA" }, trips: { name: { way: "there", times: 1, at: "2026-11-23T08:00:00Z" } } }, // prettier-ignore
  };
  expect(turned(link)).toEqual({ ...link, key: "t1", id: "a", hash: "there", base: { name: "ADA" }, back: { ...link.back, hash: "here", base: { name: "Ada" } } }); // prettier-ignore
  expect(turned(turned(link))).toEqual(link);
  // The version is the other side's, and says nothing of this one.
  expect(turned({ ...link, version: "3" }).version).toBeNull();
});

test("a link of a flow that went one way owes nothing to the other", () => {
  const link: Link = { key: "a", id: "t1", version: "3", hash: "here", base: { name: "Ada" }, back: null }; // prettier-ignore
  const there = turned(link);
  expect(there.hash).not.toBe("");
  expect(there).toMatchObject({
    base: link.base,
    back: { hash: "here", base: link.base, trips: {} },
  });
});
