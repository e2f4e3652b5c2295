import { expect, test } from "vitest";
import { Held, RetryLater } from "#domain/errors.ts";
import type { Guard } from "#domain/flow.ts";
import type { Json } from "#domain/json.ts";
import type { Link } from "#domain/link.ts";
import type { Page, SourceRecord } from "#domain/record.ts";
import { makeGuard } from "#engine/foresee.ts";
import type { Looked } from "#engine/look.ts";
import { opened, type Open } from "#engine/open.ts";
import { makeWorld, person } from "../support/memory/world.ts";
import { inHand } from "./in-hand.ts";

/** What becomes of a record: nothing, it is made, changed (`=x`: with that content), archived or refused. */
type Does = "same" | "create" | "refuse" | "archive" | `change${string}`;
type Pages = Readonly<Record<string, Does>>[];

const linkOf = (key: string): Link => ({ key, id: `t-${key}`, version: "1", hash: "h", base: person(key), back: null }); // prettier-ignore
const recordOf = (id: string): SourceRecord => ({ id, changedAt: null, raw: () => new Uint8Array(), content: { kind: "gone" } }); // prettier-ignore
const refused = { kind: "dead", direction: "read", problem: { class: "invalid", field: null, code: null, message: "No" }, unlink: false } as const; // prettier-ignore

function itemOf(key: string, does: Does) {
  const fields = person(key, { phone: does });
  const link = does === "create" ? null : linkOf(key);
  return { key, record: recordOf(key), content: { fields, wide: fields, hash: does }, fields, known: { link, letter: null } }; // prettier-ignore
}
function openOf(key: string, does: Does): Open[] {
  const item = itemOf(key, does);
  if (does === "create") return [opened(item, { kind: "match" })];
  if (does === "archive") return [opened(item, { kind: "archive", link: linkOf(key), seen: false })]; // prettier-ignore
  const update = { kind: "update", id: `t-${key}`, version: "1", current: {} } as const;
  return does.startsWith("change") ? [opened(item, update)] : [];
}

/** A source with these pages, of which a run with a guard takes what passes; `taken`: all that passed. */
function guarded(pages: Pages, guard: Guard | null, approved: string | null = null, moves = true) {
  const world = makeWorld({ guard });
  const now = new Map(pages.flatMap((page) => Object.entries(page)));
  const links = [...now].flatMap(([key, does]) => (does === "create" ? [] : [[key, linkOf(key)] as const])); // prettier-ignore
  world.memory.links.set(world.flow().name, new Map(links));
  const taken: (Pick<Looked, "read" | "quiet" | "partial"> & { keys: string; at: Json | null })[] = []; // prettier-ignore
  const parts: string[] = [];
  const held: number[] = [];
  const counts = { looks: 0, lookedAt: 0, closed: 0, pages: 0 };
  let stored: Json | null = null;
  const hooks = { page: (_at: number): void => undefined, passed: (_keys: string): void => undefined }; // prettier-ignore

  const look = (page: Page): Looked => {
    const all = page.records.map(({ id }) => [id, now.get(id) ?? "same"] as const);
    const settled = all.flatMap(([key, does]) => does === "refuse" ? [{ item: itemOf(key, does), fate: refused }] : []); // prettier-ignore
    const quiet = all.filter(([, does]) => does === "same").length;
    const open = all.flatMap(([key, does]) => openOf(key, does));
    return { page, read: all.length, quiet, open, settled, deals: [] };
  };
  async function* looks(from: Json | null) {
    counts.looks += 1;
    try {
      for (const [n, page] of pages.entries()) {
        if (n + 1 <= Number(from ?? 0)) continue;
        hooks.page(n + 1);
        counts.pages += 1;
        yield look({ records: Object.keys(page).map(recordOf), checkpoint: moves ? n + 1 : null });
      }
    } finally {
      counts.closed += 1;
    }
  }
  const reading = {
    looks,
    stored: () => Promise.resolve(stored),
    look: (page: Page) => Promise.resolve(look(page)),
    lookedAt: (records: number) => void (counts.lookedAt += records),
    held: (records: number) => Promise.resolve(void held.push(records)),
  };
  const claimed = inHand(world);
  const { pages: passing, passed } = makeGuard(world.ports, claimed, approved, reading);
  async function run(most = Infinity): Promise<void> {
    for await (const looked of passing(stored)) {
      const keys = looked.open.map(({ item }) => item.key).join(" ");
      const { read, quiet, partial, page } = looked;
      taken.push({ keys, read, quiet, at: page.checkpoint, ...(partial && { partial }) });
      parts.push(`${page.records.map(({ id }) => id).join(" ")}; over: ${looked.settled.map(({ item }) => item.key).join(" ")}`); // prettier-ignore
      expect(looked.deals).toEqual([]);
      passed(looked);
      if (partial !== true) stored = page.checkpoint;
      hooks.passed(keys);
      if (taken.length >= most) break;
    }
  }
  const failed = async (): Promise<Held> => run().then(() => { throw new Error("It was not held") }, (error: unknown) => { if (error instanceof Held) return error; throw error; }); // prettier-ignore
  return { taken, parts, held, counts, now, hooks, run, failed, half: claimed.carried.ways.there };
} // prettier-ignore

const keys = ({ taken }: ReturnType<typeof guarded>) => taken.map((each) => each.keys);
const many = (count: number, does: (n: number) => Does, first = 0) =>
  Object.fromEntries(Array.from({ length: count }, (_, n) => [`k${first + n}`, does(first + n)]));

test("a flow without a guard is not foreseen, and nothing is counted", async () => {
  const it = guarded([{ a: "change" }, { b: "archive", c: "create" }], null);
  await it.run();
  expect(keys(it)).toEqual(["a", "b c"]);
  expect(it.counts).toMatchObject({ looks: 1, lookedAt: 0 });
  expect(it.half.guarded).toBe(null);
});

test("what changes nothing that is linked passes at once, and is looked at once", async () => {
  const it = guarded([{ a: "create", b: "same" }, { c: "refuse" }], { changes: 0, deletes: 0 });
  await it.run();
  expect(it.taken).toEqual([
    { keys: "a", read: 2, quiet: 1, at: 1 },
    { keys: "", read: 1, quiet: 0, at: 2 },
  ]);
  expect(it.counts).toEqual({ looks: 1, lookedAt: 0, closed: 1, pages: 2 });
});

test("with the first change the rest is foreseen; what is new on its page goes before, and all is read once", async () => {
  const it = guarded(
    [{ a: "create" }, { b: "change", c: "create", d: "same", e: "refuse" }, { f: "archive", g: "same", h: "same" }, { i: "change" }],
    { changes: 0.5, deletes: 5 },
  ); // prettier-ignore
  await it.run();
  // What is kept of the rest comes back with the number of those that need nothing.
  expect(it.taken).toEqual([
    { keys: "a", read: 1, quiet: 0, at: 1 },
    { keys: "c", read: 3, quiet: 1, at: 2, partial: true },
    { keys: "b", read: 1, quiet: 0, at: 2 },
    { keys: "f i", read: 4, quiet: 2, at: 4 },
  ]);
  // Whoever waits for a record waits for the part it is in.
  expect(it.parts).toEqual(["a; over: ", "c d e; over: e", "b; over: ", "f i; over: "]);
  expect(it.counts).toEqual({ looks: 1, lookedAt: 5, closed: 1, pages: 4 });
  expect(it.half.guarded).toMatchObject({ linked: 7, done: { changes: 2, deletes: 1 } });
});

test("a page of changes alone is not preceded by an empty one", async () => {
  const it = guarded([{ a: "change" }, { b: "change" }], { changes: 1, deletes: 0 });
  await it.run();
  expect(keys(it)).toEqual(["a", "b"]);
});

test.each<[string, Pages, string]>([
  ["changes", [{ a: "change", b: "create" }, { c: "change" }], "It would change 2 and archive 0 of 2 linked records; the guard allows 1 changes and 1 deletes in one run."],
  ["deletes", [{ a: "archive", b: "create" }, { c: "archive" }], "It would change 0 and archive 2 of 2 linked records; the guard allows 1 changes and 1 deletes in one run."],
])("a run with too many %s is held before its first one; what is new on the page has passed", async (_what, pages, message) => {
  const it = guarded(pages, { changes: 0.5, deletes: 1 });
  const error = await it.failed();
  expect(error.message).toBe(message);
  expect(keys(it)).toEqual(["b"]);
  expect(it.held).toEqual([2]);
  expect(it.counts.closed).toBe(1);
}); // prettier-ignore

test("as much as is allowed passes, and what has passed counts against what comes to light later", async () => {
  const it = guarded([{ a: "change" }, { b: "change", c: "refuse" }, many(2, () => "same")], { changes: 0.4, deletes: 0 }); // prettier-ignore
  it.hooks.passed = (passed) => void (passed === "a" && it.now.set("b", "change=2").set("c", "change")); // prettier-ignore
  const error = await it.failed();
  // Two of five are allowed, and one is done: two more would be three.
  expect(keys(it)).toEqual(["a"]);
  expect(error.message).toContain("It would change 2 and archive 0 of 5 linked records");
  expect(it.held).toEqual([2]);
  expect(it.half.guarded?.done).toEqual({ changes: 1, deletes: 0 });
});

test.each([
  [2_000, 1],
  [2_001, 2],
])("of %i that are still to be handled the source is read %i times", async (count, times) => {
  const it = guarded([{ a: "change" }, many(1_500, () => "change"), many(count - 1_500, () => "change", 1_500)], { changes: 1, deletes: 0 }); // prettier-ignore
  await it.run();
  expect(it.counts.looks).toBe(times);
  expect(it.counts.closed).toBe(times);
  expect(it.taken.reduce((sum, { read }) => sum + read, 0)).toBe(count + 1);
  expect(it.half.guarded?.done).toEqual({ changes: count + 1, deletes: 0 });
});

/** What a run would do that a person is shown. */
const setOf = async (pages: Pages, guard: Guard) => {
  const { foresight } = await guarded(pages, guard).failed();
  return foresight.set;
};
const little = { changes: 0, deletes: 0 };

test("it is told what would be done, by some of it, and the same set is told by the same text in any order", async () => {
  const acts = { a: "archive", b: "change", ...many(5, () => "change") } as const;
  const { foresight } = await guarded([acts], little).failed();
  expect(foresight).toMatchObject({ changes: 6, deletes: 1, linked: 7 });
  expect(foresight.samples).toHaveLength(5);
  expect(foresight.samples.slice(0, 2)).toEqual([
    { key: "a", action: "delete", from: {}, to: {} },
    { key: "b", action: "change", from: { phone: null }, to: { phone: "change" } },
  ]);
  // What is new, or as it was, has no part in it.
  const more = await guarded([acts, { m: "create", n: "same" }], little).failed();
  expect(more.foresight).toEqual({ ...foresight, linked: 8 });
  const one = await guarded([{ a: "archive" }, { m: "create", b: "change" }], little).failed();
  expect(one.foresight.samples.map(({ key }) => key)).toEqual(["a", "b"]);
  const reversed = Object.fromEntries(Object.entries(acts).reverse());
  expect(await setOf([reversed], little)).toBe(foresight.set);
});

test("what a person approved passes, also where it is read twice", async () => {
  for (const count of [3, 2_500]) {
    const pages = [{ a: "archive" }, many(count, () => "change")] as const;
    const it = guarded([...pages], little, await setOf([...pages], little));
    await it.run();
    expect(it.half.guarded?.done).toEqual({ changes: count, deletes: 1 });
    expect(it.held).toEqual([]);
  }
});

test("nothing else passes with it, neither now nor once it has begun", async () => {
  const pages: Pages = [{ a: "change" }, { b: "change", c: "refuse" }];
  const set = await setOf(pages, little);
  for (const [key, does] of [["c", "change"], ["b", "archive"], ["b", "change=2"], ["b", "same"]] as const) {
    const now = pages.map((page) => (key in page ? { ...page, [key]: does } : page));
    const it = guarded(now, little, set);
    expect((await it.failed()).message).toMatch(/^What was approved is not what there is to do now\. It would change /);
    expect(it.taken).toEqual([]);

    const late = guarded(pages, little, set);
    late.hooks.passed = () => void late.now.set(key, does);
    if (does === "same") await late.run();
    else expect((await late.failed()).message).toMatch(/^What was approved/);
    expect(keys(late).filter(Boolean)).toEqual(["a"]);
  }
}); // prettier-ignore

test.each(["nobody has approved anything", "a person has approved it"])(
  "a source that asks to wait is not read from the front again to foresee the rest: %s",
  async (what) => {
    const pages: Pages = [{ a: "change" }, { b: "change" }, { c: "archive" }, { d: "change" }];
    const approved = what.startsWith("a person") ? await setOf(pages, little) : null;
    const it = guarded(pages, approved === null ? { changes: 1, deletes: 1 } : little, approved);
    let waits = 1;
    it.hooks.page = (at) => {
      if (at === 3 && (waits -= 1) >= 0) throw new RetryLater("slow down", 1_000);
    };
    await expect(it.run()).rejects.toThrow(RetryLater);
    expect(it.taken).toEqual([]);
    const read = it.counts.pages;
    // Pages 3 and 4 are foreseen now, and then all is read and done.
    await it.run();
    expect(it.counts.pages - read).toBe(2 + 4);
    expect(keys(it)).toEqual(["a", "b", "c", "d"]);
    expect(it.half.guarded?.done).toEqual({ changes: 3, deletes: 1 });
  },
);

test("what was foreseen before a wait counts with what comes after it", async () => {
  const it = guarded([{ a: "change" }, { b: "change" }, { c: "change" }, { d: "same" }], { changes: 0.5, deletes: 0 }); // prettier-ignore
  let waits = 1;
  it.hooks.page = (at) => {
    if (at === 3 && (waits -= 1) >= 0) throw new RetryLater("slow down", 1_000);
  };
  await expect(it.run()).rejects.toThrow(RetryLater);
  expect((await it.failed()).foresight).toMatchObject({ changes: 3, deletes: 0, linked: 4 });
  expect(it.taken).toEqual([]);
});

test("where a source's checkpoint does not move, what is read from the front again counts once", async () => {
  const pages: Pages = [{ a: "change" }, { b: "change" }, { c: "change" }, { d: "same" }];
  const it = guarded(pages, { changes: 0.75, deletes: 0 }, null, false);
  let waits = 1;
  it.hooks.page = (at) => {
    if (at === 3 && (waits -= 1) >= 0) throw new RetryLater("slow down", 1_000);
  };
  await expect(it.run()).rejects.toThrow(RetryLater);
  await it.run();
  expect(it.half.guarded?.done).toEqual({ changes: 3, deletes: 0 });
});

test("once a page did not fit, nothing passes before the rest has been foreseen anew", async () => {
  const it = guarded([{ a: "change" }, { b: "change", c: "refuse" }, { d: "same", e: "same" }], { changes: 0.4, deletes: 0 }); // prettier-ignore
  it.hooks.passed = (passed) => void (passed === "a" && it.now.set("c", "change"));
  let reads = 0;
  it.hooks.page = (at) => {
    if (at !== 2 || (reads += 1) === 1) return;
    it.now.set("c", "refuse").set("d", "change").set("e", "change");
  };
  expect((await it.failed()).foresight).toMatchObject({ changes: 3 });
  expect(keys(it).filter(Boolean)).toEqual(["a"]);
});

test("who stops early ends the read", async () => {
  const it = guarded([{ a: "create" }, { b: "create" }], little);
  await it.run(1);
  expect(it.counts.closed).toBe(1);
});
