import { expect, test } from "vitest";
import { imbalance } from "#domain/run.ts";
import { makeWorld, person } from "../support/memory/world.ts";
import { everything, perform } from "./performing.ts";

test("what is new is created, once, and its books balance", async () => {
  const world = makeWorld();
  for (let n = 0; n < 25; n += 1) world.source.put(`k${n}`, person(`P${n}`));

  const run = await perform(world);

  expect(run.state).toEqual({ kind: "done" });
  expect(run.counts).toMatchObject({ read: 25, created: 25, deadLettered: 0 });
  expect(imbalance(run.counts)).toBe(0);
  expect(world.target.live().length).toBe(25);
  expect(world.links().size).toBe(25);
  expect(world.memory.intents).toEqual([]);

  const again = await perform(world, everything);
  expect(again.counts).toMatchObject({ read: 25, unchanged: 25, created: 0 });
  expect(world.target.live().length).toBe(25);
});
