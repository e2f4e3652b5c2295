import { expect, test } from "vitest";
import { rateWindow } from "#sandbox/tools/rate-window.ts";

test("no stretch of the window's length has more than it allows", () => {
  let now = 0;
  const window = rateWindow(2, 1000, () => now);
  expect([window.take(), window.remaining()]).toEqual([true, 1]);
  now = 600;
  expect([window.take(), window.take()]).toEqual([true, false]);
  now = 1000;
  expect([window.take(), window.take()]).toEqual([true, false]);
  now = 1600;
  expect(window.take()).toBe(true);
});
