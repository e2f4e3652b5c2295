import { expect, test } from "vitest";
import { RetryLater } from "#domain/errors.ts";
import { imbalance } from "#domain/run.ts";
import { makeWorld, person, type World } from "../support/memory/world.ts";
import { approve, change, guard, inStep } from "./guarded.ts";
import { everything, perform } from "./performing.ts";

const written = (world: World) => world.target.live().filter(({ version }) => version !== "1");

test("a run that would change too much is held before its first change, and says all it would do", async () => {
  const world = await inStep(100);
  change(world, 0, 26);
  for (let n = 90; n < 93; n += 1) world.source.remove(`k${n}`);

  const run = await perform(world);

  expect(run.state.kind).toBe("done");
  expect(run.counts).toMatchObject({ read: 29, held: 29, updated: 0 });
  expect(imbalance(run.counts)).toBe(0);
  expect(world.target.sent).toEqual([]);
  expect(world.flow().state).toMatchObject({
    kind: "paused",
    held: true,
    reason:
      "It would change 26 and archive 3 of 100 linked records; the guard allows 25 changes and 5 deletes in one run.",
  });
  expect(await world.ports.incidents.open()).toMatchObject([{ subject: { error: "Held" } }]);
  expect(world.held).toMatchObject([
    { run: { id: run.id }, foresight: { changes: 26, deletes: 3, linked: 100 } },
  ]);
  expect(world.held[0]?.foresight.samples).toHaveLength(5);
  expect(world.held[0]?.foresight.samples[0]).toEqual({
    key: "k0",
    action: "change",
    from: { phone: null },
    to: { phone: "+331" },
  });
});

test.each([
  ["as many changes as it allows", 100, 25, 0],
  ["as many deletes as it allows", 100, 0, 5],
  ["few changes in a small flow, as it may delete as many", 8, 5, 0],
])("%s go through, and are read once", async (_what, records, changed, deleted) => {
  const world = await inStep(records);
  change(world, 0, changed);
  for (let n = 0; n < deleted; n += 1) world.source.remove(`k${n}`);
  world.source.reads = 0;
  const run = await perform(world);
  expect(run.counts).toMatchObject({ updated: changed, deleted, held: 0 });
  expect(world.source.reads).toBe(Math.ceil((changed + deleted) / world.source.pageSize));
});

test("what is new is never held: it passes until the first change comes", async () => {
  const world = await inStep(20);
  for (let n = 0; n < 40; n += 1) world.source.put(`new${n}`, person(`New${n}`));
  change(world, 0, 6);
  const run = await perform(world);
  expect(run.counts).toMatchObject({ created: 40, updated: 0, held: 6 });
  expect(written(world)).toEqual([]);
});

test("exactly what was approved goes through", async () => {
  const world = await inStep(40);
  change(world, 0, 30);
  await perform(world);
  const run = await approve(world);
  expect(run.counts).toMatchObject({ updated: 30, held: 0 });
  expect(world.flow().state.kind).toBe("on");
  expect(await world.ports.incidents.open()).toEqual([]);
});

test.each([
  ["one more", (world: World) => change(world, 30, 31)],
  ["one with another content", (world: World) => change(world, 3, 4, "+332")],
  ["one that is deleted instead", (world: World) => world.source.remove("k3")],
  ["one less", (world: World) => world.source.put("k3", person("P3"))],
])("an approval is void where there is %s", async (_what, alter) => {
  const world = await inStep(40);
  change(world, 0, 30);
  await perform(world);
  alter(world);
  const run = await approve(world);
  expect(run.counts.updated + run.counts.deleted).toBe(0);
  expect(written(world)).toEqual([]);
  expect(world.held).toHaveLength(2);
  expect(world.held[1]?.foresight.set).not.toBe(world.held[0]?.foresight.set);
  expect(world.flow().state).toMatchObject({
    held: true,
    reason: expect.stringMatching(/^What was approved is not what there is to do now\./),
  });
});

test("a set that became small needs nobody, whatever was approved", async () => {
  const world = await inStep(40);
  change(world, 0, 11);
  await perform(world);
  change(world, 2, 11, "");
  for (let n = 2; n < 11; n += 1) world.source.put(`k${n}`, person(`P${n}`));
  expect((await approve(world)).counts).toMatchObject({ updated: 2, held: 0 });
});

test("an approved run that has to wait goes on with what was let through", async () => {
  const world = await inStep(40);
  change(world, 0, 30);
  await perform(world);
  let sent = 0;
  world.target.fault = () => ((sent += 1) === 3 ? new RetryLater("slow down", 60_000) : "none");
  expect((await approve(world)).counts).toMatchObject({ updated: 30, held: 0 });
});

test("deletes that only a sweep finds are foreseen as well", async () => {
  const world = makeWorld({ guard, deletes: "archive" });
  world.source.sweeps = "every_run";
  world.source.showsGone = false;
  for (let n = 0; n < 50; n += 1) world.source.put(`k${n}`, person(`P${n}`));
  await perform(world, everything);
  for (let n = 0; n < 6; n += 1) world.source.remove(`k${n}`);
  change(world, 10, 12);
  world.target.sent.length = 0;
  expect((await perform(world, everything)).counts.held).toBe(8);
  expect(world.target.sent).toEqual([]);
  expect(world.held[0]?.foresight).toMatchObject({ changes: 2, deletes: 6 });
  expect(await approve(world)).toMatchObject({ state: { kind: "done" } });
});

test("a flow without a guard is asked nothing", async () => {
  const world = await inStep(20, { guard: null });
  change(world, 0, 20);
  expect((await perform(world)).counts).toMatchObject({ updated: 20, held: 0 });
});
