import { expect, test } from "vitest";
import { makeWorld, person } from "../support/memory/world.ts";
import { everything, perform } from "./performing.ts";

const three = (world: ReturnType<typeof makeWorld>): void => {
  for (const name of ["Ada", "Bob", "Cid"]) world.source.put(name, person(name));
};

test("where nothing else tells of a delete, known records are asked for one by one", async () => {
  const world = makeWorld({ deletes: "archive" });
  world.source.sweeps = "every_run";
  world.source.showsGone = false;
  three(world);
  await perform(world);
  world.source.remove("Bob");
  const run = await perform(world, everything);
  expect(run.counts).toMatchObject({ read: 3, unchanged: 2, deleted: 1 });
  expect([...world.links().keys()]).toEqual(["Ada", "Cid"]);
});

test("a record that the list left out but is there after all is not deleted", async () => {
  const world = makeWorld({ deletes: "archive" });
  world.source.sweeps = "every_run";
  world.source.showsGone = false;
  three(world);
  await perform(world);
  world.source.hidden.add("Bob");
  const run = await perform(world, everything);
  expect(run.counts).toMatchObject({ read: 2, unchanged: 2, deleted: 0 });
  expect([...world.links().keys()]).toEqual(["Ada", "Bob", "Cid"]);
});

test("a flow that ignores deletes sweeps nothing", async () => {
  const world = makeWorld();
  world.source.sweeps = "every_run";
  world.source.showsGone = false;
  three(world);
  await perform(world);
  world.source.remove("Bob");
  expect((await perform(world, everything)).counts).toMatchObject({ read: 2, deleted: 0 });
});

test("a record merged into a new one hands its place at the target over", async () => {
  const world = makeWorld({ deletes: "archive" });
  three(world);
  await perform(world);
  const at = world.links().get("Bob")?.id;
  world.source.merge("Bob", "Bobby", person("Bobby"));
  const run = await perform(world, everything);
  expect(run.counts).toMatchObject({ created: 0, updated: 1, deleted: 0 });
  expect(world.links().get("Bobby")?.id).toBe(at);
  expect(world.links().has("Bob")).toBe(false);
  expect(world.target.rows.get(at ?? "")?.fields).toMatchObject({ name: "Bobby" });
});

test("a record that says what it has swallowed takes that one's place", async () => {
  const world = makeWorld();
  three(world);
  await perform(world);
  const at = world.links().get("Cid")?.id;
  world.source.swallow("Cid", "Cyd", person("Cyd"));
  const run = await perform(world, everything);
  expect(run.counts).toMatchObject({ created: 0, updated: 1 });
  expect(world.links().get("Cyd")?.id).toBe(at);
  expect(world.links().has("Cid")).toBe(false);
});

test("a field that is coarser than the target's own is sent only where it changes", async () => {
  const world = makeWorld();
  world.target.coarse = new Set(["subscription"]);
  world.source.put("Ada", person("Ada", { subscription: "never_asked" }));
  await perform(world);
  world.source.put("Ada", person("Ada", { subscription: "never_asked", notes: "new" }));
  await perform(world);
  const updates = world.target.sent.flatMap(({ writes }) => writes.filter(({ kind }) => kind === "update")); // prettier-ignore
  expect(updates).toHaveLength(1);
  expect(updates[0]).not.toHaveProperty("fields.subscription");
});
