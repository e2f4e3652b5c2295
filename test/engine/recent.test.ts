import { expect, test } from "vitest";
import { makeRecent } from "#engine/recent.ts";
import { person } from "../support/memory/world.ts";

const written = (id: string, at = 0) => ({ at: Temporal.Instant.fromEpochMilliseconds(at), key: `k-${id}`, record: { id, version: "1", fields: person(id) } }); // prettier-ignore
type Recent = ReturnType<typeof makeRecent>;
const idAt = (recent: Recent, mark: string) => recent.find(mark)?.record.id;

test("a record is told by what it was written with last, and no longer by what it had before", () => {
  const recent = makeRecent();
  recent.took(["email|ada", "phone|1"], written("t1"));
  recent.took(["email|eve"], written("t1"));
  expect(["email|ada", "phone|1", "email|eve"].map((mark) => idAt(recent, mark))).toEqual([undefined, undefined, "t1"]); // prettier-ignore
  expect(recent.size).toBe(1);
  // It has lost all that it could be told by.
  recent.took([], written("t1"));
  expect([idAt(recent, "email|eve"), recent.size]).toEqual([undefined, 0]);
});

test("of two that are told by the same it is the later one, also once the earlier is lost", () => {
  const recent = makeRecent();
  recent.took(["email|ada", "phone|1"], written("t1"));
  recent.took(["email|ada"], written("t2"));
  recent.lost("t1");
  expect([idAt(recent, "email|ada"), idAt(recent, "phone|1"), recent.size]).toEqual(["t2", undefined, 1]); // prettier-ignore
  recent.lost("nobody");
  recent.lost("t2");
  expect([idAt(recent, "email|ada"), recent.size]).toEqual([undefined, 0]);
});

test("those written longest ago are forgotten first, up to the first that is not old", () => {
  const recent = makeRecent();
  for (const [n, at] of [1, 2, 9, 3].entries()) recent.took([`m${n}`], written(`t${n}`, at));
  recent.forget(({ at }) => at.epochMilliseconds < 5);
  expect(["m0", "m1", "m2", "m3"].map((mark) => idAt(recent, mark))).toEqual([undefined, undefined, "t2", "t3"]); // prettier-ignore
});

test("of very many the newest are kept, and one that was written again is new", () => {
  const recent = makeRecent();
  for (const n of [0, 1, 2, 3]) recent.took([`m${n}`], written(`t${n}`));
  recent.took(["m0"], written("t0"));
  recent.keepNewest(2);
  expect(["m0", "m1", "m2", "m3"].map((mark) => idAt(recent, mark))).toEqual(["t0", undefined, undefined, "t3"]); // prettier-ignore
  expect(recent.size).toBe(2);
  recent.keepNewest(5);
  expect(recent.size).toBe(2);
});
