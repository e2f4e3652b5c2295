import { expect, test } from "vitest";
import type { Page } from "#domain/record.ts";
import type { FlowPlan } from "#domain/flow.ts";
import { makeLook } from "#engine/look.ts";
import { openPass } from "#engine/pass.ts";
import { makeRetrySome } from "#engine/retry-some.ts";
import { makeTelling } from "#engine/telling.ts";
import { makeWorld, person } from "../support/memory/world.ts";
import { correct, sameName } from "./correcting.ts";
import { inHand } from "./in-hand.ts";
import { perform } from "./performing.ts";

/** A run whose pages are brought through one at a time; each is what the source has had since the last. */
function passing(about: Partial<FlowPlan> = {}) {
  const world = makeWorld(about);
  const claimed = inHand(world);
  const telling = makeTelling(world.ports, claimed.run, "U1");
  const look = makeLook(world.ports, claimed, new Set());
  const pass = openPass(world.ports, claimed, telling);
  const signal = new AbortController().signal;
  let at: Page["checkpoint"] = null;
  async function next() {
    for await (const page of world.source.pages(at, { gone: true, told: false, signal })) {
      at = page.checkpoint;
      return pass(await look(page), page.checkpoint);
    }
    throw new Error("there is no page more");
  }
  return { world, claimed, telling, next, recent: claimed.carried.ways.there.recent };
}

test("a record that lost its owner in this run may be another's on a later page", async () => {
  const { world, next } = passing({ deletes: "archive" });
  const { source, target } = world;
  source.put("a", person("Ada"));
  await (
    await next()
  ).stored;
  source.remove("a");
  await (
    await next()
  ).stored;
  source.put("b", person("Bob"));
  await (
    await next()
  ).stored;
  // Somebody takes Ada's back out of the bin, and it is Eve's.
  const t1 = target.rows.get("t1");
  if (t1) target.rows.set("t1", { ...t1, archived: false, visibleAt: 0 });
  source.put("e", { ...person("Eve"), email: "ada@example.com" });
  await (
    await next()
  ).stored;
  expect(world.letters()).toEqual([]);
  expect([...world.links().values()].map(({ key, id }) => [key, id])).toEqual([["b", "t2"], ["e", "t1"]]); // prettier-ignore
});

test("what every search shows by now is not remembered any longer", async () => {
  const { world, next, recent } = passing();
  world.target.lagMs = 1_000;
  world.source.put("a", person("Ada"));
  world.source.put("b", person("Bob"));
  await (
    await next()
  ).stored;
  expect(recent.size).toBe(2);
  world.clock.pass(2_000);
  world.source.put("c", person("Cid"));
  await (
    await next()
  ).stored;
  expect(recent.size).toBe(1);
});

test("a page that cannot be stored is an error of the page after it, and of nobody before that", async () => {
  const { world, next } = passing();
  const alone: unknown[] = [];
  const heard = (error: unknown) => void alone.push(error);
  process.on("unhandledRejection", heard);
  world.ports.ledger.commit = () => Promise.reject(new Error("the disk is full"));
  world.source.put("a", person("Ada"));
  await next();
  await new Promise((resolve) => setTimeout(resolve, 5));
  process.off("unhandledRejection", heard);
  expect(alone).toEqual([]);
  world.source.put("b", person("Bob"));
  await expect(next()).rejects.toThrow("the disk is full");
});

test("a long retry forgets as well what every search shows by now", async () => {
  const { world, claimed, telling, recent } = passing();
  for (const name of ["Ada", "Bob"]) world.source.put(name, person(name));
  world.target.refuse = () => sameName;
  await perform(world);
  for (const name of ["Ada", "Bob"]) await correct(world, name, { phone: "+331" });
  world.target.refuse = () => null;
  world.target.lagMs = 1_000;
  world.memory.epochs.set(claimed.flow.name, claimed.epoch);
  const letters = await world.ports.letters.those(world.openLetters());
  const retrySome = makeRetrySome(world.ports, claimed, telling);
  await retrySome(letters.slice(0, 1));
  expect(recent.size).toBe(1);
  world.clock.pass(2_000);
  await retrySome(letters.slice(1));
  expect(world.target.live()).toHaveLength(2);
  expect(recent.size).toBe(1);
});
