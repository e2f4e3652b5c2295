import { expect, test } from "vitest";
import type { Link } from "#domain/link.ts";
import type { Spoke } from "#domain/spoke.ts";
import { foundAsWritten, onceThere, seenAsWritten, wrote } from "#engine/once-there.ts";

const outward: Spoke = { heading: "out", counters: [] };
const inward: Spoke = { ...outward, heading: "in" };
const linked = (hash: string, backHash: string): Link => ({ key: "1", id: "t1", version: null, hash, base: { name: "Ada Lovelace", notes: "a" }, back: { hash: backHash, base: { name: "Ada Lovelace", notes: "a" }, trips: {} } }); // prettier-ignore
const weighed = (backHash: string) => ({ give: {}, link: linked("h", backHash), asks: null });
const at = { id: "t1", version: null };

test.each([
  ["from the hub, what its tool makes of it is not read yet", outward, "b", {}, wrote],
  ["from the hub, what the tool still owes stays owed", outward, "", {}, ""],
  ["to the hub, what was written is what is there", inward, "b", {}, "b"],
  ["between two tools too", null, "b", {}, "b"],
  ["where the target kept a value of its own, that one is to come back", inward, "b", { kept: true }, ""], // prettier-ignore
  ["also from the hub", outward, "b", { kept: true }, ""],
] as const)("%s", (_what, spoke, back, said, hash) => {
  const once = onceThere(spoke, weighed(back), { ...at, ...said });
  expect(once).toEqual({ ...weighed(back), link: linked("h", hash) });
});

test("a flow from which nothing comes back remembers nothing of the other side", () => {
  const alone = { ...weighed("b"), link: { ...linked("h", "b"), back: null } };
  expect(onceThere(outward, alone, { ...at, kept: true })).toBe(alone);
});

test("the first that is read after we wrote is a form of it and no change, on either side", () => {
  const cut = { name: "Ada Love", notes: "b" };
  const formed = { name: "Ada Love", notes: "a" };
  const seen = { letter: null, link: linked(wrote, "b") };
  expect(seenAsWritten(seen, cut).link).toEqual({ ...linked(wrote, "b"), base: formed });
  const found = { letter: null, link: linked("h", wrote) };
  const back = { hash: wrote, base: formed, trips: {} };
  expect(foundAsWritten(found, cut).link).toEqual({ ...linked("h", wrote), back });
});

test("whoever wrote not, or has seen what became of it, takes what is there as it is", () => {
  const known = { letter: null, link: linked("h", "b") };
  const none = { letter: null, link: null };
  const alone = { letter: null, link: { ...linked("h", "b"), back: null } };
  for (const one of [known, none, alone]) {
    expect(seenAsWritten(one, { name: "Ada" })).toBe(one);
    expect(foundAsWritten(one, { name: "Ada" })).toBe(one);
  }
});
