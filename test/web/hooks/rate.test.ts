import { expect, test } from "vitest";
import { makeRate } from "#web/hooks/rate.ts";

test("who only looks how long there is to wait is not counted", () => {
  let now = 0;
  const rate = makeRate({ burst: 2, perSecond: 1 }, () => now);
  for (let n = 0; n < 10; n += 1) expect(rate.wait("a")).toBe(0);
  expect([rate.take("a"), rate.take("a"), rate.take("a")]).toEqual([0, 0, 1]);
  expect([rate.wait("a"), rate.wait("b")]).toEqual([1, 0]);
  now = 1000;
  expect([rate.wait("a"), rate.take("a"), rate.wait("a")]).toEqual([0, 0, 1]);
});
