import { expect, test } from "vitest";
import { RetryLater } from "#domain/errors.ts";
import { imbalance } from "#domain/run.ts";
import { makeEngine } from "#engine/engine.ts";
import { person } from "../support/memory/world.ts";
import { approve, change, inStep } from "./guarded.ts";
import { changes, perform, through } from "./performing.ts";

test("what changes after it was foreseen is not let through with what was approved", async () => {
  const world = await inStep(8_000);
  world.source.pageSize = 500;
  change(world, 0, 6_000);
  await perform(world);
  let once = true;
  world.target.fault = () => {
    // The first page is on its way; what is on the last one changes now.
    if (once) change(world, 5_999, 6_000, "+339");
    once = false;
    return "none";
  };
  const run = await approve(world);
  expect(run.counts).toMatchObject({ updated: 5_000, held: 1_000 });
  expect(imbalance(run.counts)).toBe(0);
  expect(world.target.live().some(({ fields }) => fields["phone"] === "+339")).toBe(false);
});

test("a long run is foreseen whole too, and is then read again from where it is stored", async () => {
  const world = await inStep(10_400);
  world.source.pageSize = 500;
  change(world, 0, 2_600);
  for (let n = 2_600; n < 4_500; n += 1) world.source.put(`k${n}`, person(`P${n}`));
  world.source.reads = 0;
  expect((await perform(world)).counts).toMatchObject({ updated: 2_600, unchanged: 1_900 });
  expect(world.source.reads).toBe(18);

  change(world, 0, 2_601, "+335");
  for (let n = 2_601; n < 4_500; n += 1) world.source.put(`k${n}`, person(`P${n}`));
  world.target.sent.length = 0;
  expect((await perform(world)).counts).toMatchObject({ read: 2_601, held: 2_601 });
  expect(world.target.sent).toEqual([]);
});

test("of a long run with few changes only those are kept, and it is read once", async () => {
  const world = await inStep(10_000);
  world.source.pageSize = 500;
  change(world, 0, 1_900);
  for (let n = 1_900; n < 4_500; n += 1) world.source.put(`k${n}`, person(`P${n}`));
  world.source.reads = 0;
  expect((await perform(world)).counts).toMatchObject({ updated: 1_900, unchanged: 2_600 });
  expect(world.source.reads).toBe(9);
});

test("a source that asks to wait is not read from the front again to foresee the rest", async () => {
  const world = await inStep(4_000);
  world.source.pageSize = 100;
  change(world, 0, 3_000);
  let asked = 0;
  world.source.fault = () => {
    asked += 1;
    if (asked % 7 === 0) throw new RetryLater("slow down", 1_000);
  };
  const { id } = await world.queue(changes);
  const run = await through(world, id, makeEngine(world.ports));
  expect(run.counts).toMatchObject({ held: 3_000, updated: 0 });
  expect(world.held[0]?.foresight).toMatchObject({ changes: 3_000 });
  expect(asked).toBeLessThan(60);
});
