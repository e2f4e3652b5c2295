import { expect, test } from "vitest";
import { runId } from "#domain/ids.ts";
import type { Json } from "#domain/json.ts";
import { daySigned, readingFrom, signed } from "#engine/checkpoint.ts";

const run = runId("own");
const own = (more: { [name: string]: Json } = {}): Json => ({ source: 7, run: "own", ...more });
const anothers = (more: { [name: string]: Json } = {}): Json => ({ ...(own(more) as object), run: "another" }); // prettier-ignore
const today = "2026-11-23";
const yesterday = "2026-11-22";

test.each<[string, Json | null, { full?: boolean; day?: string }, Json | null]>([
  ["the first run reads all", null, {}, null],
  ["what is no checkpoint is not read from", 7, {}, null],
  ["nor is what only looks like one", { at: 7 }, {}, null],
  ["a source that never said how far it is is read from its front", own({ source: null }), {}, null],
  ["what is stored is not read again", anothers(), {}, 7],
  ["a full read begins at the front", anothers(), { full: true }, null],
  ["and goes on where it was once it has begun", own(), { full: true }, 7],
  ["the first read for a day begins at the front", anothers({ day: yesterday }), { day: today }, null],
  ["the first for any day too", anothers(), { day: today }, null],
  ["once a day is enough", anothers({ day: today }), { day: today }, 7],
  ["a read for a day goes on over midnight", own({ day: yesterday }), { day: today }, 7],
])("%s", (_what, stored, { full = false, day = null }, from) => {
  expect(readingFrom(stored, { run, full, day })).toBe(from);
}); // prettier-ignore

test.each<[string, Json | null, string | null, string | null]>([
  ["a run signs with its day", anothers({ day: yesterday }), today, today],
  ["the first one as well", null, today, today],
  ["over what is no checkpoint as well", 7, today, today],
  ["over what nobody signed as well", { source: 7 }, today, today],
  ["over midnight with the day on which it began", own({ day: yesterday }), today, yesterday],
  ["with none where it began before its filter had a day, so that the next one reads all", own(), today, null],
  ["with none where its filter has no day any more", own({ day: yesterday }), null, null],
])("%s", (_what, stored, day, with_) => {
  expect(daySigned(stored, { run, day })).toBe(with_);
}); // prettier-ignore

test("a flow without a day in its filter signs without one", () => {
  expect(signed(7, run, null)).toEqual({ source: 7, run: "own" });
  expect(signed(7, run, today)).toEqual({ source: 7, run: "own", day: today });
});
