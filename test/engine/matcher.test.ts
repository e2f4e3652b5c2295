import { expect, test } from "vitest";
import type { Fields } from "#domain/fields.ts";
import type { FlowPlan } from "#domain/flow.ts";
import type { TargetRecord } from "#domain/record.ts";
import { makeMatcher, type Match } from "#engine/matcher.ts";
import { makeRecent } from "#engine/recent.ts";
import { memoryTarget } from "../support/memory/target.ts";
import { makeWorld, person } from "../support/memory/world.ts";
import { inHand } from "./in-hand.ts";

/** A matcher over a target in memory; in a two-way flow with the tool that is read. */
function over(ways: FlowPlan["match"] = ["email", "phone"], searchable = ways, twoWay = false) {
  const world = makeWorld({ match: ways });
  world.target.searchable = searchable;
  const here = memoryTarget(world.clock, "s");
  const recent = makeRecent();
  const matcher = makeMatcher(world.ports, inHand(world, { own: twoWay ? here : null }), recent);
  const match = async (records: Readonly<Record<string, Fields>>) => {
    const unlinked = Object.entries(records).map(([key, wide]) => ({ key, wide }));
    const matches = await matcher.match(unlinked);
    return Object.fromEntries([...matches].map(([key, each]) => [key, said(each)]));
  };
  const took = (key: string, fields: Fields, id: string): void => {
    const record: TargetRecord = { id, version: "1", fields };
    matcher.took(key, () => fields, record);
  };
  const link = (key: string, id: string): void => {
    world.links();
    const rows = world.memory.links.get(world.flow().name) ?? new Map();
    world.memory.links.set(world.flow().name, rows.set(key, { key, id, version: null, hash: "h", base: {}, back: null })); // prettier-ignore
  };
  return { world, target: world.target, here, recent, matcher, match, took, link };
}
/** What a match comes to, in a word. */
const said = (match: Match): string | null =>
  match.kind === "found" ? match.record.id : match.kind === "refused" ? match.problem.code : match.kind; // prettier-ignore

test("what has none like it is new, what has one is that one, and of several a person chooses", async () => {
  const { target, match } = over();
  const ada = target.put(person("Ada"));
  target.put(person("Bob"));
  target.put(person("Bob", { phone: "+33170189900" }));
  const found = await match({ a: person("Ada"), b: person("Bob"), c: person("Cid"), d: { name: "D" } }); // prettier-ignore
  expect(found).toEqual({ a: ada, b: "SEVERAL_MATCH", c: "none", d: "none" });
});

test("a flow without a way of telling asks for nothing", async () => {
  const { target, match } = over([]);
  target.findFault = () => {
    throw new Error("asked");
  };
  expect(await match({ a: person("Ada") })).toEqual({});
});

test("what belongs to another record is not taken from it, and what is its own is found", async () => {
  const { target, match, link, matcher } = over();
  const ada = target.put(person("Ada"));
  link("a", ada);
  expect(await match({ a: person("Ada") })).toEqual({ a: ada });
  expect(await match({ b: person("Ada") })).toEqual({ b: "ALREADY_LINKED" });
  const matches = await matcher.match([{ key: "b", wide: person("Ada") }]);
  expect(matches.get("b")).toMatchObject({
    problem: { field: "email", candidates: [{ id: ada }] },
  });
});

test("of two that look alike the first goes first, whatever they have in common", async () => {
  const { target, match } = over();
  const ada = target.put(person("Ada", { phone: "+331" }));
  const phone = "+332";
  expect(await match({ a: person("Ann", { phone }), b: person("Ben", { phone }), c: person("Ben"), d: person("Dan") })).toEqual({ a: "none", b: "later", c: "later", d: "none" }); // prettier-ignore
  // One by its e-mail, the other by its phone: they are the same record over there.
  expect(await match({ e: person("Ada"), f: { name: "A.", phone: "+331" } })).toEqual({ e: ada, f: "later" }); // prettier-ignore
});

test("what this page has taken, and the one being stored, is taken before the ledger knows", async () => {
  const { match, took, matcher, target, world } = over();
  const ada = target.put(person("Ada"));
  took("a", person("Ada"), ada);
  expect(await match({ b: person("Ada") })).toEqual({ b: "ALREADY_LINKED" });
  expect([...(await matcher.ownersOf([ada]))]).toEqual([[ada, "a"]]);
  // Of what the tool says it has just made nobody asks the ledger.
  expect([...(await matcher.ownersOf([]))]).toEqual([[ada, "a"]]);
  matcher.pageWritten();
  expect(await match({ b: person("Ada") })).toEqual({ b: "ALREADY_LINKED" });
  // The next page has begun when the one before is being stored.
  const bob = target.put(person("Bob"));
  took("c", person("Bob"), bob);
  expect(await match({ b: person("Ada"), d: person("Bob") })).toEqual({ b: "ALREADY_LINKED", d: "ALREADY_LINKED" }); // prettier-ignore
  matcher.pageStored();
  expect(await match({ b: person("Ada"), d: person("Bob") })).toEqual({ b: ada, d: "ALREADY_LINKED" }); // prettier-ignore
  expect(world.links().size).toBe(0);
});

test("nobody is asked who owns nothing", async () => {
  const { matcher, world } = over();
  world.ports.ledger.linkedTo = () => Promise.reject(new Error("asked"));
  expect(await matcher.ownersOf([])).toEqual(new Map());
});

test("what was just written is found though the target's search does not show it, until it must", async () => {
  const { target, match, took, matcher, recent, world } = over();
  target.lagMs = 10_000;
  took("a", person("Ada", { phone: "+331" }), "t7");
  matcher.pageWritten();
  matcher.pageStored();
  expect(await match({ b: person("Ada"), c: { phone: "+331" } })).toEqual({ b: "t7", c: "later" });
  // It is no rival to itself.
  expect(await match({ a: person("Ada") })).toEqual({ a: "none" });
  world.clock.pass(15_000);
  took("d", person("Dan"), "t8");
  matcher.pageStored();
  expect(await match({ b: person("Ada") })).toEqual({ b: "t7" });
  world.clock.pass(5_000);
  matcher.pageStored();
  expect(await match({ b: person("Ada") })).toEqual({ b: "none" });
  expect(recent.size).toBe(1);
  expect(await match({ e: person("Dan") })).toEqual({ e: "ALREADY_LINKED" });
});

test("what was written long ago is not held against what the search shows, though no page was stored since", async () => {
  const { target, match, took, matcher, world } = over();
  target.lagMs = 10_000;
  took("a", person("Ada"), "t7");
  matcher.pageWritten();
  matcher.pageStored();
  // Another worker goes on with the flow, and Ada has another address there.
  world.clock.pass(19_999);
  expect(await match({ b: person("Ada") })).toEqual({ b: "t7" });
  world.clock.pass(1);
  expect(await match({ b: person("Ada") })).toEqual({ b: "none" });
});

test("what was written with another address is no longer told by the one before", async () => {
  const { target, match, took, recent } = over();
  target.lagMs = 10_000;
  took("a", person("Ada", { phone: "+331" }), "t7");
  took("a", { name: "Ada", email: "ada@elsewhere.example" }, "t7");
  expect(await match({ b: person("Ada", { phone: "+331" }) })).toEqual({ b: "none" });
  expect(await match({ b: { name: "A.", email: "ada@elsewhere.example" } })).toEqual({ b: "ALREADY_LINKED" }); // prettier-ignore
  took("a", { name: "Ada" }, "t7");
  expect(recent.size).toBe(0);
});

test("what is written again is remembered from then on", async () => {
  const { target, match, took, matcher, world } = over();
  target.lagMs = 10_000;
  took("a", person("Ada"), "t7");
  took("b", person("Bob"), "t8");
  world.clock.pass(15_000);
  took("a", person("Ada"), "t7");
  world.clock.pass(5_000);
  matcher.pageWritten();
  matcher.pageStored();
  expect(await match({ c: person("Ada"), d: person("Bob") })).toEqual({ c: "t7", d: "none" });
});

test("nothing is remembered of a target that shows at once what it was given", () => {
  const { took, recent } = over();
  took("a", person("Ada"), "t7");
  expect(recent.size).toBe(0);
});

test("one that the search shows and that was just written is one, not two", async () => {
  const { target, match, took } = over();
  target.lagMs = 10_000;
  const ada = target.put(person("Ada"));
  took("a", person("Ada"), ada);
  expect(await match({ b: person("Ada") })).toEqual({ b: "ALREADY_LINKED" });
  took("a", person("Ada"), "t99");
  expect(await match({ b: person("Ada") })).toEqual({ b: "SEVERAL_MATCH" });
});

test("two ways that lead to one record are one candidate, told by the first", async () => {
  const { target, matcher } = over();
  const ada = target.put(person("Ada", { phone: "+331" }));
  const wide = person("Ada", { phone: "+331" });
  expect((await matcher.match([{ key: "a", wide }])).get("a")).toMatchObject({ kind: "found", record: { id: ada } }); // prettier-ignore
  target.put({ name: "Bob", phone: "+331" });
  const several = (await matcher.match([{ key: "a", wide }])).get("a");
  expect(several).toMatchObject({
    problem: { field: null, candidates: [{ id: ada }, { id: "t2" }] },
  });
  target.archive("t2");
  target.put(person("Ada"));
  const sameWay = (await matcher.match([{ key: "a", wide }])).get("a");
  expect(sameWay).toMatchObject({ problem: { field: "email" } });
});

test("a name counts only where nothing else is found, and with a phone only as both together", async () => {
  const { target, match } = over(["name", "email"]);
  const byMail = target.put(person("Ada"));
  target.put({ name: "Ada", email: "other@example.com" });
  // The weak way stands first, and has found two by then.
  expect(await match({ a: person("Ada") })).toEqual({ a: "SEVERAL_MATCH" });
  const strong = over(["email", "name"]);
  expect(byMail).toBe(strong.target.put(person("Ada")));
  strong.target.put({ name: "Ada", email: "other@example.com" });
  expect(await strong.match({ a: person("Ada") })).toEqual({ a: byMail });
  expect(await strong.match({ a: { name: "Ada", email: "third@example.com" } })).toEqual({ a: "SEVERAL_MATCH" }); // prettier-ignore
  const together = over(["name+phone"], ["name", "phone"]);
  const asked: string[] = [];
  const { find } = together.target;
  together.target.find = (field, ...rest) => (asked.push(field), find(field, ...rest));
  const ada = together.target.put({ name: "Lovelace, Ada", phone: "+331" });
  together.target.put({ name: "Bob", phone: "+331" });
  expect(await together.match({ a: { name: "Ada Lovelace", phone: "+331" } })).toEqual({ a: ada });
  // A phone is rarer than a name.
  expect(asked).toEqual(["phone"]);
  const byName = over(["name+phone"], ["name"]);
  const same = byName.target.put({ name: "Ada", phone: "+33 1" });
  byName.target.put({ name: "Ada" });
  expect(await byName.match({ a: { name: "Ada", phone: "+331" } })).toEqual({ a: same });
});

test("what a tool finds by one field is taken at its word, however it compares", async () => {
  const { target, match } = over(["phone"]);
  const ada = target.put({ name: "Ada", phone: "0033 1 70" });
  const { find } = target;
  target.find = (field, values, signal) => find(field, values.map(() => "0033 1 70"), signal); // prettier-ignore
  expect(await match({ a: { phone: "+33170" } })).toEqual({ a: ada });
});

test("a target is asked for each value once, and not at all for what it cannot search", async () => {
  const { target, match } = over(["email", "phone", "domain"], ["email", "phone"]);
  const asked: [string, readonly string[]][] = [];
  const { find } = target;
  target.find = (field, values, signal) => (
    asked.push([field, values]),
    find(field, values, signal)
  );
  await match({ a: person("Ada", { domain: "x.example" }), b: { name: "B", domain: "y.example" } });
  expect(asked).toEqual([["email", ["ada@example.com"]]]);
});

test("where the other side is read too, neither of two alike is linked by chance", async () => {
  const { target, here, match, matcher } = over(["email", "name"], undefined, true);
  here.searchable = ["email"];
  const ada = target.put(person("Ada"));
  const bob = target.put(person("Bob"));
  target.put({ name: "Cid" });
  const a = here.put(person("Ada"));
  here.put(person("Ada", { phone: "+331" }));
  const b = here.put(person("Bob"));
  // Of Cid there are two here as well, but nobody can be asked for names.
  const c = here.put({ name: "Cid" });
  here.put({ name: "Cid" });
  const found = await match({ [a]: person("Ada"), [b]: person("Bob"), [c]: { name: "Cid" } });
  expect(found).toEqual({ [a]: "TWINS_MATCH", [b]: bob, [c]: "t3" });
  expect((await matcher.match([{ key: a, wide: person("Ada") }])).get(a)).toMatchObject({ problem: { candidates: [{ id: ada }] } }); // prettier-ignore
});

test("twins here are nobody's concern where there is none of them over there", async () => {
  const { here, target, match } = over(undefined, undefined, true);
  const a = here.put(person("Ada", { phone: "+331" }));
  here.put(person("Ada"));
  const byPhone = target.put({ name: "A.", phone: "+331" });
  expect(await match({ [a]: person("Ada", { phone: "+331" }) })).toEqual({ [a]: byPhone });
  here.findFault = () => {
    throw new Error("asked for nothing");
  };
  expect(await match({ [a]: person("Ada") })).toEqual({ [a]: "none" });
});

test("of several, what is another record's is not chosen from, and the one that is left is it", async () => {
  const { target, match, link } = over();
  const [first, second, third] = ["Ada", "Ada I", "Ada II"].map((name) => target.put(person("Ada", { name })));
  link("x", first ?? "");
  expect(await match({ a: person("Ada") })).toEqual({ a: "SEVERAL_MATCH" });
  link("y", second ?? "");
  expect(await match({ a: person("Ada") })).toEqual({ a: third });
  // All of them: a person sees whose they are.
  link("z", third ?? "");
  expect(await match({ a: person("Ada") })).toEqual({ a: "SEVERAL_MATCH" });
}); // prettier-ignore

test("what became of creates is told of those that can be looked for, without what is another record's", async () => {
  const { target, matcher, link } = over();
  link("x", target.put(person("Ada")));
  const ada = target.put(person("Ada"));
  const create = (key: string, fields: Fields) => ({ kind: "create", key, hash: "h", fields }) as const; // prettier-ignore
  const found = await matcher.whatBecameOf([create("a", person("Ada")), create("b", person("Bob")), create("c", { name: "C" })]); // prettier-ignore
  expect([...found].map(([key, records]) => [key, records.map(({ id }) => id)])).toEqual([["a", [ada]], ["b", []]]); // prettier-ignore
});
