import { expect, test } from "vitest";
import type { DeadLetter } from "#domain/dead-letter.ts";
import { deadLetterId, incidentId, runId } from "#domain/ids.ts";
import type { Problem } from "#domain/problem.ts";
import { noCounts, type Run } from "#domain/run.ts";
import { judge } from "#engine/returned.ts";
import { CauseReturned } from "#engine/stopped.ts";
import { makeWorld } from "../support/memory/world.ts";

const now = Temporal.Instant.from("2026-11-23T08:00:00Z");
const problem: Problem = { class: "rejected", field: "name", code: "6240", message: "Name is taken" }; // prettier-ignore
const world = makeWorld();
const cause = incidentId("incident-1");

const letter = (n: number, more: Partial<DeadLetter> = {}): DeadLetter => ({
  id: deadLetterId(`letter-${n}`),
  flow: world.flow().name,
  way: "there",
  key: `k${n}`,
  incident: cause,
  state: { kind: "retrying", by: "U1", since: now },
  problem,
  direction: "write",
  fields: {},
  edited: null,
  hash: "h",
  attempts: 1,
  firstSeen: now,
  lastSeen: now,
  run: runId("earlier"),
  flowVersion: 1,
  history: [],
  version: 1,
  ...more,
});
const run: Run = {
  id: runId("bulk"),
  flow: world.flow().name,
  state: { kind: "running" },
  trigger: { kind: "person", by: "U1" },
  work: { kind: "retry", letters: [], bulk: { incident: cause, taken: 0 } },
  version: 1,
  arrived: false,
  counts: noCounts,
  total: 1_500,
  queuedAt: now,
  startedAt: now,
  endedAt: null,
  channel: null,
};
const again = { state: { kind: "open" }, run: run.id } as const;
const done = { state: { kind: "written", by: "U1", at: now }, run: run.id } as const;

type More = { taken?: number; run?: Partial<Run>; titles?: { source: string; target: string } };
/** What is said when it stops; null where it goes on. */
function said(before: readonly DeadLetter[], after: readonly DeadLetter[], more: More = {}) {
  const { taken = 1, titles } = more;
  const ends = { ...world.ends, ...(titles && { titles }) };
  try {
    judge(before, after, { run: { ...run, ...more.run }, flow: world.flow(), ends, taken });
    return null;
  } catch (error) {
    if (error instanceof CauseReturned) return error.message;
    throw error;
  }
}
/** A page after which so many of so many have come back, or as a story tells: `x` has, `.` not. */
const page = (story: string, more: Partial<DeadLetter> = {}) =>
  [...story].map((one, n) => letter(n, { ...(one === "x" ? again : done), ...more }));
const stops = (story: string, taken: number): boolean =>
  said([...story].map((_, n) => letter(n)), page(story), { taken }) !== null; // prettier-ignore

test.each<[string, string, number, boolean]>([
  ["the first comes back", "x", 1, true],
  ["the first is written", ".", 1, false],
  ["one of the ten comes back", ".....x....", 11, true],
  ["one of the rest comes back", "x.........", 12, false],
  ["the last twenty of a page come back", `${".".repeat(60)}${"x".repeat(20)}`, 500, true],
  ["the last nineteen", `${".".repeat(60)}${"x".repeat(19)}`, 500, false],
  ["twenty, and then some are written", `${"x".repeat(20)}${".".repeat(60)}`, 500, false],
  ["over half of a page", `${"x.".repeat(24)}xx`, 500, true],
  ["half of it", "x.".repeat(25), 500, false],
])("%s", (_what, story, taken, stop) => {
  expect(stops(story, taken)).toBe(stop);
});

test("those that were not tried at all count for nothing", () => {
  const story = `${"x".repeat(19)}${"-".repeat(31)}`;
  const before = [...story].map((_, n) => letter(n));
  const after = before.map((each, n) => (story[n] === "x" ? { ...each, ...again } : each));
  expect(said(before, after, { taken: 500 })).toBeNull();
  const oneMore = after.map((each, n) => (n === 40 ? { ...each, ...again } : each));
  expect(said(before, oneMore, { taken: 500 })).not.toBeNull();
});

test("what came back for another cause, or by another run, does not stop it", () => {
  const other = { problem: { ...problem, code: "2050", message: "Too long" } };
  expect(said([letter(0)], [letter(0, { ...again, ...other })])).toBeNull();
  expect(said([letter(0)], [letter(0, { ...again, direction: "read" })])).toBeNull();
  expect(said([letter(0)], [letter(0, { ...again, run: runId("a sync") })])).toBeNull();
  expect(said([letter(0)], [letter(0, { ...again, run: null })])).toBeNull();
});

test("one that an earlier claim had tried is told by the incident it is kept under", () => {
  const before = [letter(0, again)];
  expect(said(before, [letter(0, again)])).not.toBeNull();
  expect(said(before, [letter(0, { ...again, incident: incidentId("incident-2") })])).toBeNull();
  expect(said([], [letter(0, again)])).not.toBeNull();
  // A retry of a whole flow has no incident of its own.
  const bulk = { incident: null, taken: 0 };
  const whole = { run: { work: { kind: "retry", letters: [], bulk } } } as const;
  expect(said(before, [letter(0, again)], whole)).toBeNull();
  expect(said(before, [letter(0, { ...again, incident: null })], whole)).not.toBeNull();
});

test.each<[string, Partial<DeadLetter>, string]>([
  ["the target, by its name", {}, "Books"],
  ["the source, where it could not be read", { direction: "read" }, "CRM"],
  ["the source, where it was on its way back", { way: "back" }, "CRM"],
  [
    "the target, where it could not be read to go back",
    { way: "back", direction: "read" },
    "Books",
  ],
])("it says who refuses: %s", (_what, more, who) => {
  const titles = { source: "CRM", target: "Books" };
  expect(said([letter(0, more)], [letter(0, { ...more, ...again })], { titles })).toBe(`Stopped after 1 of 1,500: ${who} still says “Name is taken”`); // prettier-ignore
  expect(said([letter(0, more)], [letter(0, { ...more, ...again })])).toContain(`${who === "CRM" ? "crm" : "books"} still says`); // prettier-ignore
});

test("it says how far it has come, of how many if that is known", () => {
  const [before, after] = [[letter(0)], [letter(0, again)]];
  const at = (taken: number, total: number | null) =>
    said(before, [...after, ...page("x".repeat(30)).slice(1)], { taken, run: { total } })?.split(":")[0]; // prettier-ignore
  expect(at(1_234, null)).toBe("Stopped after 1,234");
  expect(at(1_234, 5_678)).toBe("Stopped after 1,234 of 5,678");
  // More came in while it went on.
  expect(at(1_234, 1_000)).toBe("Stopped after 1,234 of 1,234");
});

test("it does not say in the channel what is in the record", () => {
  const about = (message: string, more: Partial<DeadLetter>) =>
    said([letter(0, { ...more, problem: { ...problem, message } })], [letter(0, { ...more, ...again, problem: { ...problem, message } })])?.replace(/.*still says /, ""); // prettier-ignore
  expect(about("Ada Lovelace (Ada) is taken", { fields: { name: "Ada", title: "Ada Lovelace" } })).toBe("“… (…) is taken”"); // prettier-ignore
  expect(about("Ada King is taken", { fields: { name: "Ada" }, edited: { name: "Ada King" } })).toBe("“… is taken”"); // prettier-ignore
  // What is everywhere tells nothing of anybody, and would leave nothing to read.
  expect(about("No a in a name", { fields: { note: "a", other: "   ", yes: true } })).toBe("“No a in a name”"); // prettier-ignore
  expect(about("No   name", { fields: { name: "   " } })).toBe("“No   name”");
  expect(about("Ada".repeat(2), { fields: { name: "Ada" } })).toBe("“……”");
  expect(about("word ".repeat(100), {})).toHaveLength(202);
});
