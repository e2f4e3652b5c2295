import { expect, test } from "vitest";
import type { Fields } from "#domain/fields.ts";
import type { Link } from "#domain/link.ts";
import type { Problem } from "#domain/problem.ts";
import { makeBooks } from "#engine/books.ts";
import type { Claimed } from "#engine/claimed.ts";
import type { Fate } from "#engine/item.ts";
import { makeMatcher } from "#engine/matcher.ts";
import { opened, type Open } from "#engine/open.ts";
import { makeRecent } from "#engine/recent.ts";
import { makeSecondLook } from "#engine/second-look.ts";
import { makeSeen } from "#engine/seen.ts";
import { makeWorld, person } from "../support/memory/world.ts";
import { inHand } from "./in-hand.ts";

const linkOf = (key: string, id: string, back: Link["back"] = null): Link => ({ key, id, version: "1", hash: "h", base: {}, back }); // prettier-ignore
const openOf = (key: string, step: Open["step"], fields: Fields = person(key)): Open => {
  const raw = () => new Uint8Array();
  const record = { id: key, changedAt: null, raw, content: { kind: "gone" as const } };
  const content = { fields, wide: fields, hash: "new" };
  const link = "link" in step ? step.link : null;
  return opened({ key, record, content, fields, known: { link, letter: null } }, step);
};
const match = { kind: "match" } as const;
const taken: Problem = { class: "conflict", field: "name", code: "6240", message: "Name is taken" };

/** A page of which something at the target turned out to be other than thought; `log`: what came of it. */
function page(about: { match?: readonly string[]; own?: Claimed["own"] } = {}) {
  const world = makeWorld({ match: about.match ?? ["email"] });
  const claimed = inHand(world, { own: about.own ?? null });
  const matcher = makeMatcher(world.ports, claimed, makeRecent());
  const books = makeBooks(world.ports, claimed, () => Promise.resolve());
  const log: unknown[] = [];
  const asked: (readonly string[])[] = [];
  const { read } = world.target;
  world.target.read = (ids, signal) => (asked.push(ids), read(ids, signal));
  const settle = ({ item }: Open, fate: Fate) => void log.push([item.key, fate]);
  const look = makeSecondLook({ ledger: world.ports.ledger, claimed, matcher, books }, {
    settle,
    dead: ({ item }: Open, problem: Problem) =>
      void log.push([item.key, problem.code, ...(problem.candidates ?? []).map(({ id }) => id)]),
    arrived: ({ item }: Open, { id }) => void log.push([item.key, id]),
  });
  const link = (key: string, id: string) =>
    world.memory.links.set(world.flow().name, new Map(world.links()).set(key, linkOf(key, id)));
  const seen = makeSeen(claimed, settle);
  return { world, target: world.target, matcher, books, log, asked, link, seen, ...look };
} // prettier-ignore

const step = ({ step }: Open) => step;
const updateTo = (id: string, version: string, current: Fields) => expect.objectContaining({ kind: "update", id, version, current }); // prettier-ignore

test("what was changed meanwhile is read again, and what is gone is looked for anew", async () => {
  const { target, lookAgain, asked } = page();
  const ada = target.put(person("Ada"));
  target.edit(ada, { phone: "+331" });
  const update = { kind: "update", id: ada, version: "1", current: {} } as const;
  const [a, b] = [openOf("Ada", update), openOf("Bob", { ...update, id: "t9" })];
  for (const each of [a, b]) each.item.known = { link: linkOf(each.item.key, ada), letter: null };
  expect(await lookAgain([[a, ada], [b, "t9"]])).toEqual([a, b]); // prettier-ignore
  expect(step(a)).toEqual(updateTo(ada, "2", person("Ada", { phone: "+331" })));
  expect(step(b)).toEqual(match);
  expect([a, b].map(({ surprises }) => surprises.missing)).toEqual([0, 1]);
  expect([a, b].map(({ item }) => item.known.link?.id ?? null)).toEqual([ada, null]);
  expect(await lookAgain([])).toEqual([]);
  expect(asked).toEqual([[ada, "t9"]]);
});

test("what is gone there is not found again by what we remember of it, and what is there still is", async () => {
  const { target, matcher, lookAgain } = page();
  target.lagMs = 60_000;
  const ada = target.put(person("Ada"));
  const written = (name: string, id: string) => matcher.took(name, () => person(name), { id, version: "1", fields: person(name) }); // prettier-ignore
  written("Ada", ada);
  written("Bob", "t9");
  const update = (id: string) => ({ kind: "update", id, version: "1", current: {} }) as const;
  await lookAgain([[openOf("Ada", update(ada)), ada], [openOf("Bob", update("t9")), "t9"]]); // prettier-ignore
  // No search shows either of the two yet.
  for (const row of target.rows.values()) row.visibleAt = Infinity;
  const found = await matcher.match(["Ada", "Bob"].map((name) => ({ key: `another ${name}`, wide: person(name) }))); // prettier-ignore
  expect([...found].map(([key, { kind }]) => [key, kind])).toEqual([["another Ada", "refused"], ["another Bob", "none"]]); // prettier-ignore
});

test("what is owed to a record that is not there any more is nothing", async () => {
  const { lookAgain, log } = page();
  const link = linkOf("Ada", "t9");
  const { item } = openOf("Ada", match);
  const open = opened({ ...item, known: { link, letter: null } }, { kind: "restore", link });
  expect(await lookAgain([[open, "t9"]])).toEqual([]);
  expect(log).toEqual([["Ada", { kind: "unchanged", link: { ...link, hash: "gone" } }]]);
});

test("an archive is tried with the version it has now, and is done where nothing is left", async () => {
  const { target, lookAgain, log } = page();
  const ada = target.put(person("Ada"));
  target.edit(ada, {});
  const archive = (key: string, id: string) => openOf(key, { kind: "archive", link: linkOf(key, id), seen: false }); // prettier-ignore
  const [a, b] = [archive("Ada", ada), archive("Bob", "t9")];
  expect(await lookAgain([[a, ada], [b, "t9"]])).toEqual([a]); // prettier-ignore
  expect(step(a)).toEqual({ kind: "archive", seen: false, link: { ...linkOf("Ada", ada), version: "2" } }); // prettier-ignore
  expect(log).toEqual([["Bob", { kind: "deleted" }]]);
  expect([a, b].map(({ surprises }) => surprises.missing)).toEqual([0, 0]);
});

const back = { hash: "there", base: person("Ada"), trips: {} };
const own = { holds: new Set(["name", "email", "phone"]), searchable: [], find: () => Promise.resolve([]) }; // prettier-ignore

test("in a two-way flow each linked record is seen once before it is touched", async () => {
  const { target, seen, asked } = page({ own });
  const ada = target.put(person("Ada"));
  const look = (id: string) => openOf("Ada", { kind: "look", link: linkOf("Ada", id) });
  const [a, again, gone] = [look(ada), look(ada), look("t9")];
  const others = [openOf("Bob", match), openOf("Cid", { kind: "update", id: "t8", version: null, current: {} }), openOf("Dan", { kind: "archive", link: linkOf("Dan", "t7"), seen: true })]; // prettier-ignore
  const all = [...others, a, again, gone];
  expect(await seen(all)).toEqual(all);
  expect(asked).toEqual([[ada, "t9"]]);
  expect(step(a)).toEqual(updateTo(ada, "1", person("Ada")));
  expect(step(gone)).toEqual(match);
  expect([a, gone].map(({ surprises }) => surprises.missing)).toEqual([0, 1]);
  expect([a, gone].map(({ item }) => item.known.link?.id ?? null)).toEqual([ada, null]);
  expect(others.map((each) => each.step.kind)).toEqual(["match", "update", "archive"]);
  expect(await seen(others)).toBe(others);
  expect(asked).toHaveLength(1);
});

test.each<[string, Fields, Link["back"], boolean]>([
  ["nothing was changed there", {}, back, true],
  ["what does not come back was changed there", { notes: "new" }, back, true],
  ["it was changed there", { phone: "+331" }, back, false],
  ["it was emptied there", { name: null }, back, false],
  ["nobody knows what was there", { phone: "+331" }, null, true],
])("a record is deleted on the other side: %s", async (_what, edit, base, deleted) => {
  const { target, seen, log } = page({ own });
  const ada = target.put(person("Ada"));
  target.edit(ada, edit);
  const link = linkOf("Ada", ada, base);
  const open = openOf("Ada", { kind: "archive", link, seen: false });
  expect(await seen([open])).toEqual(deleted ? [open] : []);
  if (deleted) expect(step(open)).toEqual({ kind: "archive", seen: true, link: { ...link, version: "2" } }); // prettier-ignore
  // It comes back instead, whether it changes there once more or not.
  else expect(log).toEqual([["Ada", { kind: "unchanged", link: { ...link, back: { ...back, hash: "" } } }]]); // prettier-ignore
});

test("what is to be deleted and is gone already is deleted", async () => {
  const { seen, log } = page({ own });
  expect(await seen([openOf("Ada", { kind: "archive", link: linkOf("Ada", "t9"), seen: false })])).toEqual([]); // prettier-ignore
  expect(log).toEqual([["Ada", { kind: "deleted" }]]);
});

test("the record that the target says it has is ours if it is told by the same, and nobody else's", async () => {
  const { target, adopt, log, asked, link } = page({ match: ["phone", "email"] });
  const [ada, bob, cid] = [target.put(person("Ada")), target.put({ name: "Bob" }), target.put(person("Cid"))]; // prettier-ignore
  link("Owner", cid);
  const own = target.put(person("Dan"));
  link("Dan", own);
  const refused = ([["Ada", ada], ["Bob", bob], ["Cid", cid], ["Dan", own], ["Eve", "t9"]] as const).map(([key, id]) => ({ open: openOf(key, match), adopt: id, problem: taken })); // prettier-ignore
  const [a, , , d] = refused.map(({ open }) => open);
  expect(await adopt(refused)).toEqual([a, d]);
  expect(a && step(a)).toEqual(updateTo(ada, "1", person("Ada")));
  expect(log).toEqual([["Bob", "6240"], ["Cid", "ALREADY_LINKED", cid], ["Eve", "6240"]]); // prettier-ignore
  expect(await adopt([])).toEqual([]);
  expect(asked).toHaveLength(1);
});

test("an upsert that landed on another's record is a dead letter, and the owner is written again", async () => {
  const { receive, log, link, books, world } = page();
  link("Owner", "t1");
  link("Own", "t2");
  const landed = (key: string, id: string) => [openOf(key, match), { id, version: "1" }] as const;
  await receive([landed("Ada", "t1"), landed("Own", "t2"), landed("New", "t3"), landed("Twin", "t3")]); // prettier-ignore
  expect(log).toEqual([
    ["Ada", "ALREADY_LINKED", "t1"],
    ["Own", "t2"],
    ["New", "t3"],
    ["Twin", "ALREADY_LINKED", "t3"],
  ]);
  await books.closeEarly(Infinity, { answered: ["request-1"], sendings: [] });
  expect([...world.links().values()].map(({ key, hash }) => [key, hash])).toEqual([["Owner", ""], ["Own", "h"]]); // prettier-ignore
});

test("where nothing landed on anybody's, the ledger is asked for nothing more", async () => {
  const { receive, log, world } = page();
  world.ports.ledger.look = () => Promise.reject(new Error("asked"));
  await receive([[openOf("New", match), { id: "t3", version: "1" }]]);
  await receive([]);
  expect(log).toEqual([["New", "t3"]]);
  await receive([[openOf("Next", match), { id: "t4", version: "1" }], [openOf("Twin", match), { id: "t4", version: "1" }]]); // prettier-ignore
  expect(log.slice(1)).toEqual([["Next", "t4"], ["Twin", "ALREADY_LINKED", "t4"]]); // prettier-ignore
});

test("whose a record is that the tool has just made is not asked of the ledger", async () => {
  const { receive, log, world, link } = page();
  const asked: string[][] = [];
  const { linkedTo } = world.ports.ledger;
  world.ports.ledger.linkedTo = (flow, ids) => (asked.push([...ids]), linkedTo(flow, ids));
  link("Owner", "t1");
  const made = (key: string, id: string) => [openOf(key, match), { id, version: "1", made: true }] as const; // prettier-ignore
  await receive([made("New", "t3"), [openOf("Ada", match), { id: "t1", version: "1" }]]);
  expect(asked).toEqual([["t1"]]);
  await receive([made("Next", "t4"), made("Twin", "t4")]);
  expect(asked).toEqual([["t1"]]);
  expect(log).toEqual([
    ["New", "t3"],
    ["Ada", "ALREADY_LINKED", "t1"],
    ["Next", "t4"],
    ["Twin", "ALREADY_LINKED", "t4"],
  ]);
});

test("what stands in the way of a refused value is shown, unless it is somebody else's", async () => {
  const { target, showRivals, log, link } = page();
  target.searchable = ["name"];
  const [ada, two, bob] = [target.put({ name: "Ada" }), target.put({ name: "Ada" }), target.put({ name: "Bob" })]; // prettier-ignore
  link("Owner", two);
  link("Bob", bob);
  await showRivals([[openOf("Cid", match), taken], [openOf("Bob", match), taken], [openOf("Ada", match), taken]]); // prettier-ignore
  expect(log).toEqual([["Cid", "6240"], ["Bob", "6240", bob], ["Ada", "6240", ada]]); // prettier-ignore
});

test("where there is nothing to look for, or nobody to ask, the refusal stands", async () => {
  const { target, showRivals, log } = page();
  target.searchable = ["name", "email"];
  let asked = 0;
  target.findFault = () => {
    asked += 1;
    throw new Error("the tool cannot be searched now");
  };
  const of = (field: string | null, fields?: Fields) => [openOf("Ada", match, fields), { ...taken, field }] as const; // prettier-ignore
  await showRivals([of(null), of("phone", { phone: "+331" }), of("email", { email: null }), of("email", { email: "" }), of("email", { email: true })]); // prettier-ignore
  expect(asked).toBe(0);
  await showRivals([of("name")]);
  expect(asked).toBe(1);
  expect(log).toEqual(Array(6).fill(["Ada", "6240"]));
});
