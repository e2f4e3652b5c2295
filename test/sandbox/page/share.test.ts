import { share } from "#sandbox/slack/page/share.ts";
import fc from "fast-check";
import { expect, test } from "vitest";

test("what did not change keeps its identity", () => {
  const old = { a: [{ x: 1 }, { x: 2 }], b: { c: "d" } };
  const next = share(old, { a: [{ x: 1 }, { x: 3 }], b: { c: "d" } });
  expect(next).toEqual({ a: [{ x: 1 }, { x: 3 }], b: { c: "d" } });
  expect(next.a[0]).toBe(old.a[0]);
  expect(next.a[1]).not.toBe(old.a[1]);
  expect(next.b).toBe(old.b);
});

test("equal values are the old one, and nothing ever differs from the new one", () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.jsonValue(), (old, next) => {
      expect(share(old, next)).toEqual(next);
      expect(share(old, structuredClone(old))).toBe(old);
    }),
  );
});
