import { expect, test } from "vitest";
import { Unavailable } from "#domain/errors.ts";
import type { Write, WriteOutcome } from "#domain/record.ts";
import { jittered } from "#engine/backoff.ts";
import { newer } from "#engine/newer.ts";
import { tellEach, type Outcome } from "#engine/outcome.ts";

const waits = { firstMs: 1_000, mostMs: 8_000, leastMs: 200 };
const chance = (fraction: number) => ({ fraction: () => fraction, id: () => "" });

test("each attempt may wait twice as long as the one before, up to the most, never less than the least", () => {
  const most = [1, 2, 3, 4, 5, 9_999].map((attempt) => jittered(chance(1), attempt, waits));
  expect(most).toEqual([1_000, 2_000, 4_000, 8_000, 8_000, 8_000]);
  expect(jittered(chance(0.5), 2, waits)).toBe(1_000);
  expect(jittered(chance(0.0001), 2, waits)).toBe(200);
  expect(jittered(chance(0.33333), 1, waits)).toBe(333);
  // After months of attempts it is still a number.
  expect(jittered(chance(1), 5_000, { ...waits, mostMs: Infinity })).toBe(1_000 * 2 ** 30);
});

const at = (seconds: number): string => new Date(1_700_000_000_000 + seconds * 1_000).toISOString();

test.each<[string, string | null | undefined, string | null | undefined, "mine" | "other" | null]>([
  ["the later one is newer", at(61), at(0), "mine"],
  ["on whichever side", at(0), at(61), "other"],
  ["within a minute nobody can say", at(60), at(0), null],
  ["nor where a tool does not tell", null, at(0), null],
  ["on either side", at(0), undefined, null],
  ["or tells no time", "yesterday", at(0), null],
])("%s", (_what, mine, other, which) => {
  expect(newer(mine, other)).toBe(which);
});

test("each write has the outcome in its place, or none of them has any", () => {
  const writes = ["a", "b"].map((key): Write => ({ kind: "archive", key, id: `t-${key}`, version: null })); // prettier-ignore
  const outcomes: WriteOutcome[] = [{ kind: "stale" }, { kind: "missing" }];
  const told: [string, Outcome["kind"]][] = [];
  const tell = (write: Write, outcome: Outcome) => void told.push([write.key, outcome.kind]);
  for (const some of [outcomes.slice(1), [...outcomes, ...outcomes]])
    expect(() => tellEach(writes, some, tell)).toThrow(Unavailable);
  expect(() => tellEach(writes, [], tell)).toThrow("answered for 0 of 2 records");
  expect(told).toEqual([]);
  tellEach(writes, outcomes, tell);
  expect(told).toEqual([["a", "stale"], ["b", "missing"]]); // prettier-ignore
});
