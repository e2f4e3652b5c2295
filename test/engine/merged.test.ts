import { expect, test } from "vitest";
import type { Link } from "#domain/link.ts";
import type { Known } from "#domain/ports/ledger.ts";
import type { SourceRecord } from "#domain/record.ts";
import type { Item } from "#engine/item.ts";
import { heirOf, inherit, mergedWith, mergesIn } from "#engine/merged.ts";

type Content = SourceRecord["content"];
const record = (id: string, content: Content): SourceRecord => ({ id, changedAt: null, raw: () => new Uint8Array(), content }); // prettier-ignore
const live = (...swallowed: string[]): Content => ({ kind: "live", fields: {}, problems: [], ...(swallowed.length > 0 && { swallowed }) }); // prettier-ignore
const gone = (into?: string): Content => ({ kind: "gone", ...(into !== undefined && { into }) });
const linkOf = (key: string): Link => ({ key, id: `t-${key}`, version: "1", hash: "h", base: { name: key }, back: null }); // prettier-ignore
const linked = (...keys: string[]) =>
  new Map(keys.map((key): [string, Known] => [key, { link: linkOf(key), letter: null }]));
const known = (key: string, of: ReadonlyMap<string, Known>): Known => of.get(key) ?? { link: null, letter: null }; // prettier-ignore

function itemOf(key: string, content: Content, of: ReadonlyMap<string, Known>): Item {
  const nothing = { fields: {}, wide: {}, hash: "new" };
  return { key, record: record(key, content), content: nothing, fields: {}, known: known(key, of) };
}
function inherited(content: Content, of: ReadonlyMap<string, Known>, merges = new Map<string, string[]>()) {
  const item = itemOf("a", content, of);
  inherit(item, of, merges);
  return { link: item.known.link, from: item.inherits };
} // prettier-ignore

test("what is to be looked up beside a record is what it swallowed or became", () => {
  expect(mergedWith(record("a", live("b", "c")))).toEqual(["b", "c"]);
  expect(mergedWith(record("a", live()))).toEqual([]);
  expect(mergedWith(record("a", gone("b")))).toEqual(["b"]);
  expect(mergedWith(record("a", gone()))).toEqual([]);
});

test("a record that has no place yet takes that of the first it swallowed, and is written there", () => {
  const taken = { link: { ...linkOf("c"), key: "a", hash: "" }, from: "c" };
  expect(inherited(live("b", "c", "d"), linked("c", "d"))).toEqual(taken);
  expect(inherited(live(), linked("c"), new Map([["a", ["b", "c"]]]))).toEqual(taken);
  const none = { link: null, from: undefined };
  expect(inherited(live("b"), linked())).toEqual(none);
  // Known by a dead letter alone.
  expect(inherited(live("b"), new Map([["b", { link: null, letter: null }]]))).toEqual(none);
  expect(inherited(live(), linked("c"), new Map([["other", ["c"]]]))).toEqual(none);
});

test("a record that has a place keeps it, and one that is gone takes none", () => {
  expect(inherited(live("b"), linked("a", "b"))).toEqual({ link: linkOf("a"), from: undefined });
  expect(inherited(gone(), linked("b"), new Map([["a", ["b"]]]))).toEqual({ link: null, from: undefined }); // prettier-ignore
});

test("a page says which of its records became which", () => {
  const page = [record("b", gone("a")), record("c", gone("a")), record("d", gone("e")), record("f", gone()), record("a", live("g"))]; // prettier-ignore
  expect([...mergesIn(page)]).toEqual([["a", ["b", "c"]], ["e", ["d"]]]); // prettier-ignore
});

test("one that was merged has an heir only where that one has no place of its own", () => {
  const page = new Map([["a", record("a", live())], ["x", record("x", gone())]]); // prettier-ignore
  expect(heirOf(record("b", gone("a")), linked("b"), page)).toEqual({ key: "a", here: true });
  expect(heirOf(record("b", gone("z")), linked("b"), page)).toEqual({ key: "z", here: false });
  expect(heirOf(record("b", gone("x")), linked("b"), page)).toEqual({ key: "x", here: false });
  expect(heirOf(record("b", gone("a")), linked("a", "b"), page)).toBeNull();
  expect(heirOf(record("b", gone()), linked("b"), page)).toBeNull();
  expect(heirOf(record("b", live()), linked("b"), page)).toBeNull();
});
