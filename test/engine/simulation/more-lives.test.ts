import { expect, test } from "vitest";
import { live } from "./life.ts";
import { toldOf } from "./told-of.ts";

// Beside simulation.test.ts, on the other core.
test("nothing is lost, doubled or miscounted in a thousand lives more", async () => {
  const failed: string[] = [];
  for (let seed = 1_001; seed <= 2_000 && failed.length < 5; seed += 1) {
    const lived = await live(seed, new Map());
    if (lived.wrong.length > 0) failed.push(toldOf(lived));
  }
  expect(failed).toEqual([]);
}, 240_000);
