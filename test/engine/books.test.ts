import { expect, test } from "vitest";
import type { Conflict, NewConflict } from "#domain/conflict.ts";
import type { Link } from "#domain/link.ts";
import type { PageOutcome } from "#domain/ports/ledger.ts";
import type { Problem } from "#domain/problem.ts";
import type { SourceRecord } from "#domain/record.ts";
import { noCounts } from "#domain/run.ts";
import { makeBooks } from "#engine/books.ts";
import type { Claimed } from "#engine/claimed.ts";
import type { Fate, Item } from "#engine/item.ts";
import { BooksDoNotBalance } from "#engine/stopped.ts";
import { makeWorld, person } from "../support/memory/world.ts";
import { inHand } from "./in-hand.ts";

const ada = person("Ada");
const problem: Problem = { class: "rejected", field: "name", code: "6240", message: "No" };
const linkOf = (key: string, more: Partial<Link> = {}): Link => ({ key, id: `t-${key}`, version: "1", hash: "now", base: ada, back: null, ...more }); // prettier-ignore
const back = (hash = "there") => ({ hash, base: { name: "ADA", phone: "+331" }, trips: {} });

function itemOf(key: string, more: Partial<Item> = {}): Item {
  const raw = () => new TextEncoder().encode(`bytes of ${key}`);
  const record: SourceRecord = { id: key, changedAt: null, raw, content: { kind: "live", fields: ada, problems: [] } }; // prettier-ignore
  const content = { fields: ada, wide: ada, hash: "now" };
  return { key, record, content, fields: ada, known: { link: null, letter: null }, ...more };
}
const dead = (more: Partial<Extract<Fate, { kind: "dead" }>> = {}): Fate => ({ kind: "dead", direction: "write", problem, unlink: false, ...more }); // prettier-ignore
const changed = { source: null, target: null };
const conflict: NewConflict = { key: "a", target: "t-a", record: ada, fields: {}, changed, choices: {} }; // prettier-ignore

/** Books over a ledger of which it is kept what it was given. */
function opened(claimed: Partial<Claimed> = {}) {
  const world = makeWorld();
  const commits: PageOutcome[] = [];
  const told: number[] = [];
  const ledger = {
    ...world.ports.ledger,
    commit: (page: PageOutcome) => {
      commits.push(page);
      return world.ports.ledger.commit(page);
    },
  };
  const given = inHand(world, claimed);
  const books = makeBooks({ ledger, clock: world.clock }, given, async (letters) => void told.push(letters)); // prettier-ignore
  return { books, commits, told, given, world };
}
const requests = (...answered: string[]) => ({ answered, sendings: [] });
type Opened = ReturnType<typeof opened>;

/** What is stored of one record, with this fate. */
async function storedOf(item: Item, fate: Fate, claimed: Partial<Claimed> = {}) {
  const { books, commits } = opened(claimed);
  books.settle(item, fate);
  await books.close(1, undefined, requests());
  const [page] = commits;
  if (page === undefined) throw new Error("nothing was stored");
  return page;
}
const bothWays = {
  flow: { ...makeWorld().flow(), twoWay: { default: "ask" as const, fields: {} } },
};

test("each record of a page is counted where it ended, and who stored it is told", async () => {
  const { books, commits, told, given, world } = opened({ day: "2026-11-23" });
  given.carried.attempts = 3;
  given.carried.waitingSince = world.clock.now();
  const fates: Fate[] = [
    { kind: "created", link: linkOf("a") },
    { kind: "updated", link: linkOf("b") },
    { kind: "unchanged", link: linkOf("c") },
    { kind: "filtered" },
    { kind: "merged", link: linkOf("e") },
    { kind: "deleted" },
    { kind: "held", link: linkOf("g"), conflict },
    dead(),
  ];
  fates.forEach((fate, n) => books.settle(itemOf("abcdefgh"[n] ?? ""), fate));
  books.quiet(2);
  books.quiet(3);

  await books.close(13, 42, requests("request-1"));

  const [page] = commits;
  expect(page?.counts).toEqual({ read: 13, created: 1, updated: 1, unchanged: 7, filtered: 1, deleted: 1, deadLettered: 1, held: 1 }); // prettier-ignore
  expect(page?.links.map(({ key }) => key)).toEqual(["a", "b", "c", "e", "g"]);
  expect(page?.unlinked).toEqual(["e", "f"]);
  expect(page?.conflicts).toEqual([conflict]);
  expect(page).toMatchObject({ run: given.run.id, flow: given.flow.name, epoch: 1, by: "U1" });
  expect(page?.at.equals(world.clock.now())).toBe(true);
  expect(page?.checkpoint).toEqual({ source: 42, run: given.run.id, day: "2026-11-23" });
  expect(page?.answered).toEqual(["request-1"]);
  expect(page?.deals).toBe(undefined);
  expect(told).toEqual([1]);
  // What is stored is progress: patience begins anew.
  expect(given.carried).toMatchObject({ attempts: 0, waitingSince: null });
});

test("books with a record too many or too few are not stored", async () => {
  for (const read of [1, 3]) {
    const { books, commits } = opened();
    for (const key of ["a", "b"]) books.settle(itemOf(key), { kind: "filtered" });
    await expect(books.close(read, 42, requests())).rejects.toThrow(new BooksDoNotBalance(`The books of a page do not balance: ${read} read, 2 accounted for`)); // prettier-ignore
    expect(commits).toEqual([]);
  }
});

test("a flow whose filter knows no day signs its checkpoint without one, and a page without one moves none", async () => {
  const { books, commits, given } = opened();
  await books.close(0, 42, requests());
  await books.close(0, undefined, requests());
  expect(commits.map(({ checkpoint }) => checkpoint)).toEqual([{ source: 42, run: given.run.id }, undefined]); // prettier-ignore
});

test("a dead letter has the bytes, and its cause is that of the side which refused", async () => {
  const atTarget = await storedOf(itemOf("a"), dead());
  const [letter] = atTarget.letters;
  expect(letter).toMatchObject({ key: "a", direction: "write", problem, fields: ada, hash: "now" });
  expect(new TextDecoder().decode(letter?.raw)).toBe("bytes of a");
  expect(letter?.fingerprint).toMatch(/^people\|books\|customers\|write\|/);
  const atSource = await storedOf(itemOf("a"), dead({ direction: "read" }));
  expect(atSource.letters[0]?.fingerprint).toMatch(/^people\|crm\|contacts\|read\|/);
});

test("what is at the target is told by its text from now on, if it has one", async () => {
  const told = itemOf("a", { print: "text" });
  const printsOf = async (item: Item, fate: Fate) => (await storedOf(item, fate)).prints;
  for (const kind of ["created", "updated", "unchanged"] as const) {
    expect(await printsOf(told, { kind, link })).toEqual([
      { key: "a", hash: "now", print: "text" },
    ]);
    expect(await printsOf(itemOf("a"), { kind, link })).toEqual([]);
  }
  expect(await printsOf(told, dead())).toEqual([]);
});

test("a link is forgotten with its record, and what was merged hands it on", async () => {
  expect((await storedOf(itemOf("a"), dead())).unlinked).toEqual([]);
  expect((await storedOf(itemOf("a"), dead({ unlink: true }))).unlinked).toEqual(["a"]);
  const heir = itemOf("a", { inherits: "old" });
  expect((await storedOf(heir, { kind: "updated", link: linkOf("a") })).unlinked).toEqual(["old"]);
  // Nothing has been written: the old link is all there is.
  expect((await storedOf(heir, { kind: "filtered" })).unlinked).toEqual([]);
});

const link = linkOf("a");
test.each<[Fate, "same" | "new", string | null]>([
  [{ kind: "created", link }, "same", "written"],
  [{ kind: "updated", link }, "same", "written"],
  [{ kind: "unchanged", link }, "same", "written"],
  [{ kind: "held", link, conflict }, "same", "written"],
  [{ kind: "created", link }, "new", "superseded"],
  [{ kind: "filtered" }, "same", "superseded"],
  [{ kind: "deleted" }, "same", "superseded"],
  [{ kind: "merged", link: null }, "same", "superseded"],
  [dead(), "same", null],
])("%j with the %s content settles an open dead letter as %s", async (fate, which, as) => {
  const hash = which === "same" ? "now" : "before";
  const letterIs = (state: "open" | "discarded") => itemOf("a", { known: { link: null, letter: { state, hash } } }); // prettier-ignore
  // What a sync writes is as the source has it; a retry writes what a person made of it.
  const settled = (asItIs: boolean) =>
    as === null ? [] : [{ key: "a", as, ...(as === "written" && { asItIs }) }];
  expect((await storedOf(letterIs("open"), fate)).settled).toEqual(settled(true));
  const run = { ...inHand(makeWorld()).run, work: { kind: "retry" as const, letters: [] } };
  expect((await storedOf(letterIs("open"), fate, { run })).settled).toEqual(settled(false));
  expect((await storedOf(letterIs("discarded"), fate)).settled).toEqual([]);
  expect((await storedOf(itemOf("a"), fate)).settled).toEqual([]);
});

const asked: Conflict = { ...conflict, id: "conflict-1" as Conflict["id"], flow: bothWays.flow.name, state: { kind: "open" }, openedAt: Temporal.Instant.fromEpochMilliseconds(0), version: 1 }; // prettier-ignore
const inStep = linkOf("a", { back: back() });

test.each<[string, Fate, Partial<Item>, Partial<Claimed>, string[]]>([
  ["a conflict ends when both sides agree", { kind: "updated", link: inStep }, { conflict: asked }, bothWays, ["a"]],
  ["as well where the link is from before the flow went both ways", { kind: "updated", link: linkOf("a") }, { conflict: asked }, bothWays, ["a"]],
  ["not while a person has to decide", { kind: "held", link: inStep, conflict }, { conflict: asked }, bothWays, []],
  ["nor while the other side has still to be written", { kind: "updated", link: linkOf("a", { back: back("") }) }, { conflict: asked }, bothWays, []],
  ["nor where nothing was written", dead(), { conflict: asked }, bothWays, []],
  ["where nothing was asked nothing ends", { kind: "updated", link: inStep }, {}, bothWays, []],
  ["a flow that goes one way asks nobody", { kind: "updated", link: inStep }, { conflict: asked }, {}, []],
])("%s", async (_what, fate, more, claimed, over) => {
  expect((await storedOf(itemOf("a", more), fate, claimed)).agreed).toEqual(over);
}); // prettier-ignore

test("nobody has to decide any more about a record that is gone on either side", async () => {
  const record = { ...itemOf("a").record, content: { kind: "gone" } } as const;
  const goneFrom = async (key: string, known: Link | null, claimed: Partial<Claimed>) =>
    (await storedOf(itemOf(key, { record, known: { link: known, letter: null } }), { kind: "deleted" }, claimed)).agreed; // prettier-ignore
  const there = { ...bothWays, way: "there" } as const;
  const back = { ...bothWays, way: "back" } as const;
  expect(await goneFrom("a", linkOf("a"), there)).toEqual(["a"]);
  // On the way back the source's key is at the other end of the link.
  expect(await goneFrom("t-a", linkOf("t-a", { id: "a" }), back)).toEqual(["a"]);
  expect(await goneFrom("a", null, there)).toEqual([]);
  expect(await goneFrom("t-a", null, back)).toEqual([]);
  expect(await goneFrom("a", linkOf("a"), {})).toEqual([]);
});

const linksIn = ({ commits }: Opened) => commits[0]?.links.map(({ key, hash }) => [key, hash]);

test("a record whose place at the target was written over is written again, on this page or a later one", async () => {
  const it = opened();
  it.books.disturb("t-far", linkOf("far"));
  it.books.disturb("t-a", linkOf("a", { hash: "before" }));
  it.books.disturb("t-free", null);
  it.books.settle(itemOf("a"), { kind: "updated", link: linkOf("a") });
  it.books.settle(itemOf("b"), { kind: "updated", link: linkOf("b") });
  await it.books.close(2, undefined, requests());
  expect(linksIn(it)).toEqual([["far", ""], ["a", ""], ["b", "now"]]); // prettier-ignore
});

test("it is told that a record has arrived whose key had no place at the target", async () => {
  const arrived = async (more: Partial<Item>) => (await storedOf(itemOf("a", more), { kind: "updated", link })).arrived; // prettier-ignore
  const known = { link: linkOf("a"), letter: null };
  expect(await arrived({})).toBe(true);
  expect(await arrived({ known })).toBe(false);
  expect(await arrived({ known, inherits: "old" })).toBe(true);
  expect((await storedOf(itemOf("a"), dead())).arrived).toBe(false);
});

const linked = { known: { link: linkOf("a"), letter: null } };

test.each<[string, Partial<Item>, Fate, boolean]>([
  ["what is made for the first time", {}, { kind: "created", link }, true],
  ["what was linked before", linked, { kind: "updated", link }, false],
  ["what takes over the link of another", { inherits: "old" }, { kind: "updated", link }, false],
  ["what was linked before, and is not written", linked, dead(), true],
  ["what is merged into another and has no link of its own", linked, { kind: "merged", link: null }, true],
])("only links that are all new are stored as such: %s", async (_what, more, fate, allNew) => {
  expect((await storedOf(itemOf("a", more), fate)).allNew).toBe(allNew);
  // One that is not, and the page is stored as any other; likewise where something else was written over.
  const { books, commits } = opened();
  books.settle(itemOf("a", more), fate);
  books.settle(itemOf("b"), { kind: "created", link: linkOf("b") });
  await books.close(2, undefined, requests());
  books.disturb("t-far", linkOf("far"));
  await books.close(2, undefined, requests());
  expect(commits.map((page) => page.allNew)).toEqual([allNew, false]);
}); // prettier-ignore

test("the form in which the other side keeps our values is what it holds from then on", async () => {
  const { books, commits } = opened(bothWays);
  for (const key of ["a", "b", "c"])
    books.settle(itemOf(key), { kind: "updated", link: linkOf(key, { back: key === "c" ? null : back() }) }); // prettier-ignore
  books.learn("a", { name: "Ada ", email: null });
  books.learn("c", { name: "Ada " });
  await books.close(3, undefined, requests());
  expect(commits[0]?.links.map((each) => each.back?.base)).toEqual([
    { name: "Ada ", phone: "+331", email: null },
    back().base,
    undefined,
  ]);
});

test("of a page that breaks off what has happened is stored, and the checkpoint stays", async () => {
  const { books, commits, told } = opened();
  books.quiet(4);
  books.settle(itemOf("a"), { kind: "created", link: linkOf("a") });
  books.settle(itemOf("b"), { kind: "filtered" });
  books.settle(itemOf("c"), { kind: "unchanged", link: null });
  for (const key of ["d", "e", "f"]) books.settle(itemOf(key), dead());
  books.settle(itemOf("g"), { kind: "unchanged", link: linkOf("g") });
  books.settle(itemOf("h"), { kind: "merged", link: null });
  await books.closeEarly(2, requests("request-1"));
  expect(commits[0]).toMatchObject({ counts: { ...noCounts, read: 5, created: 1, unchanged: 2, deadLettered: 2 }, checkpoint: undefined, answered: ["request-1"] }); // prettier-ignore
  expect(commits[0]?.letters.map(({ key }) => key)).toEqual(["d", "e"]);
  expect([commits[0]?.links.map(({ key }) => key), commits[0]?.unlinked]).toEqual([["a", "g"], ["h"]]); // prettier-ignore
  expect(commits[0]?.deals).toBe(undefined);
  expect(told).toEqual([2]);
});

test("where nothing has happened nothing is stored but the answers", async () => {
  const { books, commits } = opened();
  books.settle(itemOf("b"), { kind: "filtered" });
  await books.closeEarly(Infinity, requests());
  expect(commits).toEqual([]);
  await books.closeEarly(Infinity, requests("request-1"));
  expect(commits).toMatchObject([{ counts: noCounts, answered: ["request-1"] }]);
  books.settle(itemOf("c"), dead());
  await books.closeEarly(Infinity, requests());
  expect(commits[1]).toMatchObject({ counts: { read: 1, deadLettered: 1 } });
});

test("what the guard holds back is read and held, and nothing else", async () => {
  const { books, commits, told, given } = opened();
  await books.hold(7);
  const nothing = { links: [], unlinked: [], letters: [], settled: [], answered: [], conflicts: [], agreed: [], events: [] }; // prettier-ignore
  expect(commits[0]).toMatchObject({ run: given.run.id, checkpoint: undefined, ...nothing });
  expect(commits[0]?.counts).toEqual({ ...noCounts, read: 7, held: 7 });
  expect(told).toEqual([0]);
});
