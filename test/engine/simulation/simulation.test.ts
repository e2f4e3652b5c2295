import { expect, test } from "vitest";
import { makeChance } from "../../support/memory/chance.ts";
import { type Coverage, neverFired } from "./faults/matrix.ts";
import { keptSeeds } from "./kept-seeds.ts";
import { live } from "./life.ts";
import { complaintsOf } from "./outside/manifest.ts";
import { behind, drawShape } from "./outside/shape.ts";
import { toldOf } from "./told-of.ts";

/** Half of the lives that each test run lives; the other half is in more-lives.test.ts. */
export const half = 1_000;

test("nothing is lost, doubled or miscounted in a thousand lives, and every fault of the matrix has happened", async () => {
  const coverage: Coverage = new Map();
  const failed: string[] = [];
  for (let seed = 1; seed <= half && failed.length < 5; seed += 1) {
    const lived = await live(seed, coverage);
    if (lived.wrong.length > 0) failed.push(toldOf(lived));
  }
  expect(failed).toEqual([]);
  expect(neverFired(coverage)).toEqual([]);
}, 240_000);

test.each(keptSeeds)("seed $seed no longer shows that $showed", async ({ seed }) => {
  const lived = await live(seed, new Map());
  expect(lived.wrong.length > 0 ? toldOf(lived) : "").toBe("");
});

test("a seed lives the same life again, whatever was lived in between", async () => {
  const trace = async (seed: number): Promise<string[]> => {
    const lines: string[] = [];
    await live(seed, new Map(), null, (line) => lines.push(line));
    return lines;
  };
  for (let seed = 1; seed <= 12; seed += 1) {
    const once = await trace(seed);
    await trace(seed + 100);
    expect(await trace(seed)).toEqual(once);
    expect(once.length).toBeGreaterThan(5);
  }
});

test("the linter takes the manifests of all shapes of tools", () => {
  const chance = makeChance(1);
  for (let n = 0; n < 40; n += 1) {
    const shape = drawShape(chance);
    for (const one of [shape, behind(shape)])
      expect([one, complaintsOf("crm", one)]).toEqual([one, []]);
  }
}, 60_000);
