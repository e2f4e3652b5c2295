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

test("a record that comes again while its page is being stored is not created twice", async () => {
  const world = makeWorld();
  for (let n = 0; n < 10; n += 1) world.source.put(`k${n}`, person(`P${n}`));
  const { pages } = world.source;
  world.source.pages = async function* (from, about) {
    for await (const page of pages(from, about)) {
      yield page;
      // Long enough for the first of them to be written by then.
      await world.clock.sleep(50, about.signal);
      yield page;
    }
  };
  const { commit } = world.ports.ledger;
  world.ports.ledger.commit = async (page) => {
    await world.clock.sleep(1_000, new AbortController().signal);
    await commit(page);
  };

  const run = await perform(world);

  expect(run.counts).toMatchObject({ read: 20, created: 10, unchanged: 10 });
  expect(world.target.live().length).toBe(10);
});
