import { expect, test } from "vitest";
import type { Fields } from "#domain/fields.ts";
import type { Link } from "#domain/link.ts";
import type { Known } from "#domain/ports/ledger.ts";
import type { Problem } from "#domain/problem.ts";
import { compare, takingPart, type Step } from "#engine/compare.ts";
import type { Item } from "#engine/item.ts";
import type { Heir } from "#engine/merged.ts";
import type { Mapped } from "#engine/rules.ts";

const ada: Fields = { name: "Ada", subscription: "subscribed" };
const content = { fields: ada, wide: ada, hash: "now" };
const linked = (more: Partial<Link> = {}): Link => ({ key: "a", id: "t1", version: "3", hash: "before", base: ada, back: null, ...more }); // prettier-ignore
const letterOf = (hash: string, state: "open" | "discarded" = "discarded") => ({ state, hash });
const badPhone: Problem = { class: "invalid", field: "phone", code: "BAD_PHONE", message: "bad" };

const live: Mapped = { kind: "live", content, once: false };
const invalid: Mapped = { kind: "invalid", content, problem: badPhone };
const filtered: Mapped = { kind: "filtered", content, follows: false };

const itemOf = (known: Partial<Known>, fields: Fields = ada): Item => ({
  key: "a",
  record: { id: "a", changedAt: null, raw: () => new Uint8Array(), content: { kind: "gone" } },
  content: { ...content, fields },
  fields,
  known: { link: null, letter: null, ...known },
});

const oneWay = { deletes: "ignore", twoWay: null, upserts: false } as const;
const bothWays = { ...oneWay, twoWay: { default: "ask", fields: {} } } as const;
const fateOf = (step: Step) => (step.kind === "settled" ? step.fate : step.kind);

test("a record without a link is looked for, one with a link is updated where it is", () => {
  expect(compare(itemOf({}), live, oneWay)).toEqual({ kind: "match" });
  expect(compare(itemOf({ link: linked() }), live, oneWay)).toEqual({
    kind: "update",
    id: "t1",
    version: "3",
    current: ada,
  });
});

test("what the target has taken already is not sent again, whatever is wrong with it now", () => {
  const link = linked({ hash: "now" });
  for (const mapped of [live, invalid])
    expect(fateOf(compare(itemOf({ link }), mapped, oneWay))).toEqual({ kind: "unchanged", link: null }); // prettier-ignore
});

test("what a person discarded stays out as it was discarded, and only so", () => {
  const out = { kind: "filtered" };
  expect(fateOf(compare(itemOf({ letter: letterOf("now") }), live, oneWay))).toEqual(out);
  expect(fateOf(compare(itemOf({ letter: letterOf("before") }), live, oneWay))).toBe("match");
  expect(fateOf(compare(itemOf({ letter: letterOf("now", "open") }), live, oneWay))).toBe("match");
});

test("what cannot be read is a dead letter that keeps its link", () => {
  const dead = { kind: "dead", direction: "read", problem: badPhone, unlink: false };
  expect(fateOf(compare(itemOf({ link: linked() }), invalid, oneWay))).toEqual(dead);
});

test("what is written once is left alone from then on", () => {
  const once: Mapped = { ...live, once: true };
  expect(fateOf(compare(itemOf({ link: linked() }), once, oneWay))).toEqual({ kind: "unchanged", link: null }); // prettier-ignore
  expect(fateOf(compare(itemOf({}), once, oneWay))).toBe("match");
  expect(fateOf(compare(itemOf({ link: linked() }), live, oneWay))).toBe("update");
  expect(fateOf(compare(itemOf({ link: linked() }), invalid, oneWay))).toMatchObject({ kind: "dead" }); // prettier-ignore
});

test("who leaves the filter is let go, but that they unsubscribed is told on", () => {
  const gone: Fields = { name: "Ada", subscription: "unsubscribed" };
  const step = (fields: Fields, known: Partial<Known>) =>
    fateOf(compare(itemOf(known, fields), { ...filtered, content: { ...content, fields } }, oneWay)); // prettier-ignore
  expect(step(ada, { link: linked() })).toEqual({ kind: "filtered" });
  expect(step(gone, { link: linked() })).toBe("update");
  expect(step(gone, { link: linked({ base: gone }) })).toEqual({ kind: "filtered" });
  expect(step(gone, {})).toEqual({ kind: "filtered" });
  const leaves = { ...filtered, content: { ...content, fields: gone } };
  expect(fateOf(compare(itemOf({ link: linked() }, gone), leaves, bothWays))).toBe("look");
});

test.each<[string, Mapped, Link | null, "there" | "back", boolean]>([
  ["what the filter leaves out is let go on its way there", filtered, linked(), "there", false],
  ["unless its flow follows what it has linked", { ...filtered, follows: true }, linked(), "there", true],
  ["which is not what it has not linked", { ...filtered, follows: true }, null, "there", false],
  ["on its way back what is linked takes part, whatever became of it", filtered, linked(), "back", true],
  ["but nothing that is not linked does", filtered, null, "back", false],
])("%s", (_what, mapped, link, way, part) => {
  const taken = takingPart(mapped, itemOf({ link }), way);
  expect(taken).toEqual(part ? live : mapped);
}); // prettier-ignore

test("what cannot be read takes part as it is", () => {
  expect(takingPart(invalid, itemOf({ link: linked() }), "back")).toBe(invalid);
});

const gone: Mapped = { kind: "gone" };
test.each<[string, Link | null, "ignore" | "archive", Heir | null, unknown]>([
  ["never linked: nothing is to be done", null, "archive", null, { kind: "filtered" }],
  ["deletes are ignored: its link stays", linked(), "ignore", null, { kind: "unchanged", link: null }],
  ["the same where something was owed to it: no more", linked({ hash: "" }), "ignore", null, { kind: "unchanged", link: linked({ hash: "gone" }) }],
  ["deletes are told on", linked(), "archive", null, "archive"],
  ["merged into one of this page, which takes the link", linked(), "archive", { key: "b", here: true }, { kind: "merged", link: null }],
  ["merged into another one, which inherits and is to be written", linked(), "archive", { key: "b", here: false }, { kind: "merged", link: linked({ key: "b", hash: "" }) }],
])("gone, %s", (_what, link, deletes, heir, fate) => {
  const step = compare(itemOf({ link }), gone, { ...oneWay, deletes }, heir);
  expect(fateOf(step)).toEqual(fate);
  if (step.kind === "archive") expect(step).toEqual({ kind: "archive", link, seen: false });
}); // prettier-ignore

test("in a two-way flow our own write comes back as nothing new, and anything else looks at the other side", () => {
  const link = linked({ base: ada });
  const step = (item: Item) => fateOf(compare(item, live, bothWays));
  expect(step(itemOf({ link }))).toEqual({ kind: "unchanged", link: { ...link, hash: "now" } });
  expect(step(itemOf({ link }, { ...ada, name: "Ada L." }))).toBe("look");
  // Still to be written again, whatever came back.
  expect(step(itemOf({ link: linked({ hash: "" }) }))).toBe("look");
  // A person has corrected it.
  expect(step({ ...itemOf({ link }), fields: { ...ada, name: "Ada L." } })).toBe("look");
  expect(step(itemOf({}))).toBe("match");
});

test("what its source leaves as it is gets back what it had, where a tool that upserts was given another one for it", () => {
  const link = linked({ hash: "" });
  const upserts = { ...oneWay, upserts: true };
  const restore = { kind: "restore", link };
  const discarded = itemOf({ link, letter: letterOf("now") });
  expect(compare(itemOf({ link }), gone, upserts)).toEqual(restore);
  expect(compare(itemOf({ link }), filtered, upserts)).toEqual(restore);
  expect(compare(discarded, live, upserts)).toEqual(restore);
  expect(compare(itemOf({ link }), { ...live, once: true }, upserts)).toEqual(restore);
  // Whatever its source makes of it is written over it anyway.
  expect(fateOf(compare(itemOf({ link }), live, upserts))).toBe("update");
  expect(fateOf(compare(itemOf({ link }), gone, { ...upserts, deletes: "archive" }))).toBe("archive"); // prettier-ignore
  expect(fateOf(compare(itemOf({ link }), invalid, upserts))).toMatchObject({ kind: "dead" });
  // Nothing was written over these.
  const unchanged = { kind: "unchanged" };
  expect(fateOf(compare(itemOf({ link: linked() }), gone, upserts))).toMatchObject(unchanged);
  expect(fateOf(compare(itemOf({ link }), gone, oneWay))).toMatchObject(unchanged);
  expect(fateOf(compare(itemOf({ link }), gone, { ...bothWays, upserts: true }))).toMatchObject(unchanged); // prettier-ignore
  expect(fateOf(compare({ ...itemOf({ link }), inherits: "b" }, filtered, upserts))).toEqual({ kind: "filtered" }); // prettier-ignore
  expect(fateOf(compare(itemOf({}), gone, upserts))).toEqual({ kind: "filtered" });
});
