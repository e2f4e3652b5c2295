import { expect, test } from "vitest";
import { noCounts } from "#domain/run.ts";
import { person } from "../support/memory/world.ts";
import { archive, bothWays, crashed, create, linkOf, update } from "./crashed.ts";

test("one by whose fields nobody can look waits for a person and is not made again; the others are settled", async () => {
  const { settle, left, pages, target, world, told } = crashed("lookup");
  const ada = target.put(person("Ada"));
  left(create("Eve", { name: "Eve" }), create("Ada"), create("Dan"));
  await settle();
  expect(pages).toMatchObject([
    { counts: { read: 1, created: 0, deadLettered: 1 }, answered: [] },
    { counts: { read: 1, created: 1 }, answered: ["request-1"] },
  ]);
  expect(told).toEqual([1]);
  expect(world.letters("open")).toMatchObject([
    { key: "Eve", hash: "h", fields: { name: "Eve" }, problem: { code: "MAYBE_WRITTEN" } },
  ]);
  expect([...world.links().values()]).toMatchObject([{ key: "Ada", id: ada }]);
  expect([target.sent.length, world.memory.intents.length]).toEqual([0, 0]);
});

test("for what cannot be looked for nobody waits any longer", async () => {
  const { settle, left, pages, target, world } = crashed("lookup");
  target.lagMs = 5_000;
  left(create("Eve", { name: "Eve" }));
  const before = world.clock.ms();
  await settle();
  expect(world.clock.ms() - before).toBe(5_000);
  expect(pages).toMatchObject([
    { letters: [{ key: "Eve" }], answered: [] },
    { counts: noCounts, links: [], answered: ["request-1"] },
  ]);
});

test("what nobody can tell is a dead letter with the record as its source has it now", async () => {
  const { settle, left, pages, told, target, world } = crashed("nothing");
  world.source.put("Ada", person("Ada", { phone: "+331" }));
  left(create("Ada"), create("Lost"), archive("Cid", "t9"));
  left(archive("Cid", "t9"));
  await settle();
  expect(pages.map(({ counts, answered }) => [counts.read, counts.deadLettered, answered])).toEqual([[2, 2, ["request-1"]], [0, 0, ["request-2"]]]); // prettier-ignore
  expect(pages.map(({ sendings }) => sendings)).toEqual([[], []]);
  expect(told).toEqual([2, 0]);
  const [ada, lost] = world.letters();
  expect(ada).toMatchObject({ key: "Ada", direction: "write", fields: person("Ada"), hash: "h" });
  expect(ada?.problem).toMatchObject({ class: "ambiguous_write", message: expect.stringContaining("the worker stopped before the answer came") }); // prettier-ignore
  expect(JSON.parse(new TextDecoder().decode(ada?.raw))).toMatchObject({ phone: "+331" });
  expect(JSON.parse(new TextDecoder().decode(lost?.raw))).toEqual({ id: "Lost" });
  expect(target.sent).toEqual([]);
});

test("of a record that its source knows nothing of, what was to be written is kept", async () => {
  const { settle, left, world } = crashed("nothing");
  world.source.read = () => Promise.resolve([]);
  left(create("Ada"));
  await settle();
  expect(world.letters("open")).toMatchObject([{ key: "Ada", fields: person("Ada") }]);
  expect(world.letters()[0]?.raw).toEqual(new Uint8Array());
});

test("nobody is asked any more about a record that its source knows nothing of", async () => {
  const { settle, left, link, pages, world } = crashed("nothing", bothWays);
  world.source.read = () => Promise.resolve([]);
  link("Ada", "t1");
  left(update("Ada", "t1"));
  await settle();
  expect(pages[0]?.agreed).toEqual(["Ada"]);
});

test("a link stays where nobody can tell whether it was written", async () => {
  const { settle, left, link, target, world } = crashed("nothing");
  link("Bob", target.put(person("Bob")));
  left(update("Bob", "t1"));
  await settle();
  expect(world.links().get("Bob")).toEqual(linkOf("Bob", "t1"));
});
