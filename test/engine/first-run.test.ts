import fc from "fast-check";
import { expect, test } from "vitest";
import type { Compared } from "#domain/ports/ledger.ts";
import { firstRun } from "#engine/first-run.ts";
import { makeWorld, people, person } from "../support/memory/world.ts";
import { inHand } from "./in-hand.ts";
import { everything, perform } from "./performing.ts";

const hashes = (keys: readonly string[]) => new Map(keys.map((key) => [key, `h-${key}`]));

/** Notes what the store is asked. */
function over(isNew: boolean) {
  const asked: string[][] = [];
  const said: Compared = { same: new Set(["from the store"]), known: new Map() };
  const ledger = {
    isNew: () => Promise.resolve(isNew),
    compare: (_flow: unknown, contents: ReadonlyMap<string, string | null>) => {
      asked.push([...contents].map(([key, hash]) => `${key} ${String(hash)}`));
      return Promise.resolve(said);
    },
  };
  return { ledger, asked, said };
}
const plain = inHand(makeWorld());

test("of a flow that knew nothing only what was asked before is asked of the store", async () => {
  const { ledger, asked, said } = over(true);
  const { compare } = await firstRun(ledger, plain);
  expect(await compare(people, hashes(["a", "b"]))).toEqual({ same: new Set(), known: new Map() });
  expect(await compare(people, hashes([]))).toEqual({ same: new Set(), known: new Map() });
  expect(asked).toEqual([]);
  expect(await compare(people, new Map([["c", "h-c"], ["b", "newer"], ["a", null]]))).toBe(said); // prettier-ignore
  expect(await compare(people, hashes(["c"]))).toBe(said);
  expect(asked).toEqual([["b newer", "a null"], ["c h-c"]]);
});

test("where something was known, or others link its records as well, all is asked of the store", async () => {
  const spoke = { ...plain, spoke: { heading: "out" } as (typeof plain)["spoke"] };
  const twoWay = { ...plain, flow: { ...plain.flow, twoWay: {} } as (typeof plain)["flow"] };
  for (const [isNew, claimed] of [[false, plain], [true, spoke], [true, twoWay]] as const) {
    const { ledger, asked } = over(isNew);
    await (await firstRun(ledger, claimed)).compare(people, hashes(["a"]));
    expect(asked).toEqual([["a h-a"]]);
  } // prettier-ignore
});

test("no key that was asked for before is ever taken for new", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.array(fc.string({ unit: "binary" }))), async (pages) => {
      const { ledger, asked } = over(true);
      const { compare } = await firstRun(ledger, plain);
      const before = new Set<string>();
      for (const page of pages) {
        asked.length = 0;
        await compare(people, hashes(page));
        const again = page.filter((key) => before.has(key)).map((key) => `${key} h-${key}`);
        expect(asked.flat()).toEqual(expect.arrayContaining(again));
        page.forEach((key) => before.add(key));
      }
    }),
  );
});

test("of a hundred thousand keys hardly one is asked for without need", async () => {
  const { ledger, asked } = over(true);
  const { compare } = await firstRun(ledger, plain);
  for (let n = 0; n < 100_000; n += 1000)
    await compare(people, hashes(Array.from({ length: 1000 }, (_one, at) => String(n + at))));
  expect(asked.flat().length).toBeLessThan(20);
});

test("a first run looks nothing up that it reads for the first time, and the next one everything", async () => {
  const world = makeWorld();
  const looked: string[][] = [];
  const { compare } = world.ports.ledger;
  world.ports.ledger.compare = (name, contents) => {
    looked.push([...contents.keys()]);
    return compare(name, contents);
  };
  world.source.pageSize = 2;
  for (const name of ["Ada", "Bob", "Cid", "Dan"]) world.source.put(name, person(name));
  await perform(world, everything);
  expect(looked).toEqual([]);
  expect(world.links().size).toBe(4);
  await perform(world, everything);
  expect(looked.flat().sort()).toEqual(["Ada", "Bob", "Cid", "Dan"]);
});
