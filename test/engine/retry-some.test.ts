import { expect, test } from "vitest";
import { Unavailable } from "#domain/errors.ts";
import { makeEngine } from "#engine/engine.ts";
import { makeWorld, person } from "../support/memory/world.ts";
import { correct, retryAll, sameName, withLetters } from "./correcting.ts";
import { perform, through } from "./performing.ts";

test("many at once are written in the order in which they were asked for", async () => {
  const names = Array.from({ length: 120 }, (_, n) => `P${n}`);
  const world = makeWorld();
  world.target.batch = 1;
  world.target.parallel = 1;
  for (let n = 0; n < 120; n += 10) {
    for (const name of names.slice(n, n + 10)) world.source.put(name, person(name));
    world.target.refuse = () => sameName;
    await perform(world);
  }
  world.target.refuse = () => null;
  const letters = world.openLetters().toReversed();

  const run = await perform(world, { kind: "retry", letters });

  expect(run.counts).toMatchObject({ read: 120, created: 120 });
  expect(world.target.live().map(({ fields }) => fields["name"])).toEqual(names.toReversed());
});

test("of two that were aimed at the same record the second asks again", async () => {
  const world = makeWorld();
  const chosen = world.target.put(person("Ada"));
  world.target.put(person("Ada"));
  world.source.put("a", person("Ada"));
  await perform(world);
  world.source.put("b", person("Ada"));
  await perform(world);
  await correct(world, "a", { "@target": chosen });
  await correct(world, "b", { "@target": chosen });

  expect((await retryAll(world)).counts).toMatchObject({ updated: 1, deadLettered: 1 });
  expect(world.links().get("a")?.id).toBe(chosen);
  expect(world.letters("open")).toMatchObject([{ key: "b", problem: { code: "ALREADY_LINKED", candidates: [{ id: chosen }] } }]); // prettier-ignore
});

test("a choice made for what the record was then does not stand once it has changed", async () => {
  const world = makeWorld();
  const chosen = world.target.put(person("Ada"));
  world.target.put(person("Ada"));
  world.source.put("a", person("Ada"));
  await perform(world);
  await correct(world, "a", { "@target": chosen });
  world.source.put("a", person("Bob"));

  expect((await retryAll(world)).counts).toMatchObject({ created: 1, updated: 0 });
  expect(world.links().get("a")?.id).not.toBe(chosen);
  expect(world.target.rows.get(chosen)?.fields).toEqual(person("Ada"));
});

test("what is chosen is never written into the record", async () => {
  const world = makeWorld();
  const chosen = world.target.put(person("Ada"));
  world.target.put(person("Ada"));
  world.source.put("a", person("Ada"));
  await perform(world);
  await correct(world, "a", { "@target": chosen, phone: "+331" });
  await retryAll(world);
  expect(world.target.rows.get(chosen)?.fields).toEqual(person("Ada", { phone: "+331" }));
  expect(world.links().get("a")?.base).toEqual(person("Ada", { phone: "+331" }));
});

test("a retry that breaks off keeps what it has written, and tries the rest again", async () => {
  const world = await withLetters(["Eve", "Eva"]);
  world.target.batch = 1;
  world.target.parallel = 1;
  world.target.refuse = () => null;
  let sends = 0;
  world.target.fault = () =>
    (sends += 1) === 2 ? new Unavailable("Books does not answer") : "none";
  const { id } = await world.queue({ kind: "retry", letters: world.openLetters() });
  const engine = makeEngine(world.ports);
  await engine.perform(id);
  expect(world.letters("written")).toHaveLength(1);
  expect(world.letters("retrying")).toHaveLength(1);

  world.clock.pass(3_600_000);
  const run = await through(world, id, engine);
  expect(run.counts).toMatchObject({ read: 2, created: 2 });
  expect(world.target.live()).toHaveLength(2);
  expect(world.memory.intents).toEqual([]);
});

test("a dead letter of what the source tells nothing of is left as it was", async () => {
  const world = await withLetters(["Eve", "Eva"]);
  world.target.refuse = () => null;
  const { read } = world.source;
  world.source.read = async (ids, signal) =>
    (await read(ids, signal)).filter(({ id }) => id !== "Eve");

  const run = await retryAll(world);

  expect(run.state.kind).toBe("done");
  expect(run.counts).toMatchObject({ read: 1, created: 1 });
  expect(world.letters("open").map(({ key }) => key)).toEqual(["Eve"]);
});
