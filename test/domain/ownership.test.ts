import { expect, test } from "vitest";
import { settled, type Origins, type OwnerRule, type Ownership } from "#domain/ownership.ts";
import type { Value } from "#domain/fields.ts";

const early = "2026-11-23T09:00:00Z";
const late = "2026-11-23T10:00:00Z";
const order: OwnerRule = { kind: "order", connections: ["books", "crm"] };

/** What a golden phone of crm becomes when another value comes. */
const becomes = (rule: OwnerRule, held: Value, value: Value, from: string, at: string): Value =>
  settled(
    { default: rule, fields: {} },
    { fields: { phone: held }, origins: { phone: { from: "crm", at: late } } },
    { phone: value },
    { from, at },
  ).fields["phone"] ?? null;

test.each<[OwnerRule, Value, Value, string, string, Value]>([
  [{ kind: "newest" }, "1", "2", "books", late, "2"],
  [{ kind: "newest" }, "1", "2", "books", early, "1"],
  [{ kind: "newest" }, "1", null, "books", late, null],
  [{ kind: "newest" }, "1", "2", "crm", early, "2"],
  [{ kind: "filled" }, "1", null, "books", late, "1"],
  [{ kind: "filled" }, "1", null, "crm", late, "1"],
  [{ kind: "filled" }, null, "2", "books", early, "2"],
  [{ kind: "filled" }, "1", "2", "books", early, "1"],
  [order, "1", "2", "books", early, "2"],
  [order, "1", "2", "sales", late, "1"],
  [order, "1", null, "sales", late, "1"],
  [order, null, "2", "sales", early, "2"],
  [order, "1", "2", "crm", early, "2"],
])("by %o, %o and then %o from %s at %s is %o", (rule, held, value, from, at, is) => {
  expect(becomes(rule, held, value, from, at)).toBe(is);
});

test("a field follows its own rule, and the record says what changed and what was kept", () => {
  const ownership: Ownership = { default: order, fields: { phone: { kind: "newest" } } };
  const origins: Origins = { name: { from: "books", at: early }, phone: { from: "books", at: early } }; // prettier-ignore
  const golden = { fields: { name: "Ada", phone: "1" }, origins };
  const by = { from: "crm", at: late };
  expect(settled(ownership, golden, { name: "Eve", phone: "2" }, by)).toEqual({
    fields: { name: "Ada", phone: "2" },
    origins: { ...origins, phone: by },
    changed: true,
    kept: ["name"],
  });
});

test("the owner's own value is its own from then on, though nothing has changed", () => {
  const golden = { fields: { name: "Ada" }, origins: { name: { from: "crm", at: early } } };
  const by = { from: "books", at: late };
  const found = settled({ default: order, fields: {} }, golden, { name: "Ada" }, by);
  expect(found).toMatchObject({ changed: false, kept: [], origins: { name: by } });
  expect(settled({ default: order, fields: {} }, found, { name: "Eve" }, { from: "crm", at: late }).kept).toEqual(["name"]); // prettier-ignore
});
