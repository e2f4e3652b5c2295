import { expect, test } from "vitest";
import { isSwept, sweep } from "#engine/sweep.ts";
import { makeWorld, person } from "../support/memory/world.ts";
import { inHand } from "./in-hand.ts";

const key = (n: number): string => `k${String(n).padStart(4, "0")}`;

/** So many linked records, of which a read has brought all but these. */
async function swept(count: number, unseen: readonly number[], stillThere: readonly number[] = []) {
  const world = makeWorld();
  const links = Array.from({ length: count }, (_, n) => key(n)).map((k) => [k, { key: k, id: `t-${k}`, version: null, hash: "h", base: {}, back: null }] as const); // prettier-ignore
  world.memory.links.set(world.flow().name, new Map(links));
  for (const n of stillThere) world.source.put(key(n), person(key(n)));
  const asked: string[][] = [];
  const { read } = world.source;
  world.source.read = (ids, signal) => (asked.push([...ids]), read(ids, signal));
  const seen = new Set(links.map(([k]) => k).filter((k) => !unseen.map(key).includes(k)));
  const pages = [];
  for await (const page of sweep(world.ports, inHand(world), seen, 42)) pages.push(page);
  const gone = pages.map(({ records }) =>
    records.map(({ id, content }) => `${id} ${content.kind}`),
  );
  return { asked, gone, checkpoints: pages.map(({ checkpoint }) => checkpoint) };
}

test("of all that is linked, only what the read did not bring is asked for, and only what is gone comes", async () => {
  const { asked, gone, checkpoints } = await swept(450, [0, 7, 250, 449], [7, 250]);
  expect(asked).toEqual([[key(0), key(7)], [key(250)], [key(449)]]);
  expect(gone).toEqual([[`${key(0)} gone`], [`${key(449)} gone`]]);
  expect(checkpoints).toEqual([42, 42]);
});

test.each([0, 1, 199, 200, 201, 400])("%i records that were all seen are asked for no more", async (count) => {
  expect(await swept(count, [])).toEqual({ asked: [], gone: [], checkpoints: [] });
}); // prettier-ignore

test.each([1, 200, 201])("the last of %i is not forgotten", async (count) => {
  expect((await swept(count, [count - 1])).gone).toEqual([[`${key(count - 1)} gone`]]);
});

test("where deletes are of no interest, or the source cannot be asked for one record, nobody looks for them", () => {
  expect(isSwept({ deletes: "ignore" }, { sweeps: "full_read" })).toBe(false);
  expect(isSwept({ deletes: "archive" }, { sweeps: "never" })).toBe(false);
  expect(isSwept({ deletes: "archive" }, { sweeps: "full_read" })).toBe(true);
  expect(isSwept({ deletes: "archive" }, { sweeps: "every_run" })).toBe(true);
});
