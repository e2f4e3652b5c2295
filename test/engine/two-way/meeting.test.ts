import { expect, test } from "vitest";
import type { Fields } from "#domain/fields.ts";
import { connectionName, flowName } from "#domain/ids.ts";
import type { Foreseen } from "#domain/ports/engine.ts";
import { makeEngine } from "#engine/engine.ts";
import { makePair } from "../../support/memory/pair.ts";
import { person } from "../../support/memory/world.ts";
import { changes, everything, perform } from "../performing.ts";
import { conflictsOf, linked, shown } from "./linked.ts";

test("a withdrawn consent goes both ways, and one given again stays where it was given", async () => {
  const pair = makePair({ twoWay: { default: "source", fields: {} } });
  const { s, t } = await linked(pair, person("Ann", { subscription: "subscribed" }));
  pair.right.edit(t, { subscription: "unsubscribed" });
  await perform(pair, changes);
  expect(pair.left.rows.get(s)?.fields["subscription"]).toBe("unsubscribed");

  pair.left.edit(s, { subscription: "subscribed" });
  await perform(pair, changes);
  await perform(pair, everything);
  expect(pair.left.rows.get(s)?.fields["subscription"]).toBe("subscribed");
  expect(pair.right.rows.get(t)?.fields["subscription"]).toBe("unsubscribed");
});

test("a delete goes both ways; against an edit it loses, and the record is made anew", async () => {
  const pair = makePair({ deletes: "archive" });
  const one = await linked(pair, person("Ann"));
  const two = await linked(pair, person("Bob"));
  const three = await linked(pair, person("Cid"));
  pair.right.archive(one.t);
  pair.left.archive(two.s);
  pair.right.archive(three.t);
  pair.left.edit(three.s, { notes: "still needed" });

  await perform(pair, changes);
  await perform(pair, changes);

  expect(pair.left.rows.get(one.s)?.archived).toBe(true);
  expect(pair.right.rows.get(two.t)?.archived).toBe(true);
  expect(shown(pair.left)).toMatchObject([{ name: "Cid", notes: "still needed" }]);
  expect(shown(pair.right)).toMatchObject([{ name: "Cid", notes: "still needed" }]);
  expect(pair.links().size).toBe(1);
});

test("an edit on the far side brings back what was deleted here", async () => {
  const pair = makePair({ deletes: "archive" });
  const { s, t } = await linked(pair);
  pair.left.archive(s);
  pair.right.edit(t, { notes: "still needed" });
  await perform(pair, changes);
  expect(shown(pair.left)).toMatchObject([{ name: "Ann", notes: "still needed" }]);
  expect([...pair.links().values()]).toMatchObject([{ id: t }]);
  expect(pair.links().has(s)).toBe(false);
});

test("two alike on either side are never linked by chance", async () => {
  const pair = makePair();
  pair.left.put(person("Ann", { notes: "one" }));
  pair.left.put(person("Ann", { notes: "two" }));
  pair.right.put(person("Ann"));
  pair.right.put(person("Bob"));
  pair.right.put(person("Bob"));
  pair.left.put(person("Bob"));
  await perform(pair, changes);
  expect(pair.links().size).toBe(0);
  const classes = new Set(pair.letters("open").map(({ problem }) => problem.class));
  expect([...classes]).toEqual(["ambiguous_match"]);
  expect(pair.left.live()).toHaveLength(3);
  expect(pair.right.live()).toHaveLength(3);
});

test("the first match fills what is empty and asks about what differs", async () => {
  const pair = makePair();
  const s = pair.left.put(person("Ann", { phone: "+331", notes: "from the left" }));
  const t = pair.right.put(person("Ann", { phone: "+339", company_name: "Ann Ltd" }));
  await perform(pair, changes);
  const filled = { notes: "from the left", company_name: "Ann Ltd" };
  expect(pair.left.rows.get(s)?.fields).toMatchObject({ ...filled, phone: "+331" });
  expect(pair.right.rows.get(t)?.fields).toMatchObject({ ...filled, phone: "+339" });
  expect(conflictsOf(pair)).toMatchObject([
    { fields: { phone: { base: null, source: "+331", target: "+339" } } },
  ]);
});

test("fields with other names on the two sides go both ways by the map", async () => {
  const pair = makePair({ map: { phone: "mobile" } });
  pair.left.holds = new Set(["name", "email", "mobile", "notes"]);
  const { s, t } = await linked(pair, person("Ann", { mobile: "+331" }));
  expect(pair.right.rows.get(t)?.fields["phone"]).toBe("+331");
  pair.right.edit(t, { phone: "+332" });
  await perform(pair, changes);
  expect(pair.left.rows.get(s)?.fields).toMatchObject({ mobile: "+332" });
  expect(pair.left.rows.get(s)?.fields).not.toHaveProperty("phone");
});

test("references are those of the other side, whichever way a record goes", async () => {
  const pair = makePair();
  const firms = { connection: connectionName("crm"), object: "companies" };
  const theirs = { connection: connectionName("books"), object: "firms" };
  const name = flowName("companies");
  const { state: _state, ...plan } = pair.flow();
  const companies = { ...plan, name, from: firms, to: theirs, twoWay: null };
  pair.memory.flows.set(name, { ...companies, state: { kind: "on" } });
  const link = (key: string, id: string) =>
    [key, { key, id, version: null, hash: "h", base: {}, back: null }] as const;
  pair.memory.links.set(name, new Map([link("c1", "f1"), link("c2", "f2")]));
  for (const [side, object] of [
    [pair.left, "companies"],
    [pair.right, "firms"],
  ] as const)
    // prettier-ignore
    Object.assign(side, { references: { company: object } });
  Object.assign(pair.from, { references: { company: "companies" } });
  Object.assign(pair.to, { references: { company: "firms" } });

  const { s, t } = await linked(pair, person("Ann", { company: "c1" }));
  expect(pair.right.rows.get(t)?.fields["company"]).toBe("f1");
  pair.right.edit(t, { company: "f2" });
  await perform(pair, changes);
  expect(pair.left.rows.get(s)?.fields["company"]).toBe("c2");
  const sent = pair.left.sent.length + pair.right.sent.length;
  await perform(pair, everything);
  expect(pair.left.sent.length + pair.right.sent.length).toBe(sent);

  pair.left.edit(s, { company: "c1" });
  pair.right.edit(t, { company: "f1" });
  await perform(pair, changes);
  expect(conflictsOf(pair)).toEqual([]);
});

test("what the source refuses on the way back is a dead letter of that way, and is retried there", async () => {
  const pair = makePair();
  const no = { class: "rejected", field: "name", code: "NO", message: "no" } as const;
  Object.assign(pair.left, { refuse: ({ notes }: Fields) => (notes === "bad" ? no : null) });
  const { s, t } = await linked(pair);
  pair.right.edit(t, { notes: "bad" });
  await perform(pair, changes);
  expect(pair.letters("open")).toMatchObject([{ way: "back", key: t, direction: "write" }]);
  expect([...pair.memory.incidents.values()]).toMatchObject([
    { subject: { way: "back", object: "contacts" } },
  ]);

  Object.assign(pair.left, { refuse: () => null });
  await perform(pair, { kind: "retry", letters: pair.openLetters() });
  expect(pair.left.rows.get(s)?.fields["notes"]).toBe("bad");
  expect(pair.letters("open")).toEqual([]);
});

test("a preview says how two filled tools meet, and writes nothing", async () => {
  const pair = makePair();
  pair.left.put(person("Both", { phone: "+331" }));
  pair.right.put(person("Both", { phone: "+331", notes: "more" }));
  pair.left.put(person("Differs", { phone: "+331" }));
  pair.right.put(person("Differs", { phone: "+332" }));
  pair.left.put(person("Here"));
  pair.right.put(person("There"));
  pair.left.put(person("Twin"));
  pair.left.put(person("Twin"));
  pair.right.put(person("Twin"));

  const seen: Foreseen[] = [];
  for await (const page of makeEngine(pair.ports).preview(
    pair.flow(),
    new AbortController().signal,
  ))
    seen.push(...page);

  const about = (kind: string, more: Partial<Foreseen> = {}) =>
    seen.filter((one) => one.kind === kind && one.way === more.way && one.matched === more.matched)
      .length;
  expect(about("unchanged", { matched: true })).toBe(1);
  expect(about("update", { way: "back", matched: true })).toBe(1);
  expect(about("conflict", { matched: true })).toBe(1);
  expect(about("create")).toBe(1);
  expect(about("create", { way: "back" })).toBe(1);
  expect(about("conflict")).toBe(2);
  expect(about("conflict", { way: "back" })).toBe(1);
  expect(pair.left.sent.length + pair.right.sent.length).toBe(0);
});

test("the guard holds what comes back too, before it is written", async () => {
  const pair = makePair({ guard: { changes: 0.25, deletes: 5 } });
  const ids = Array.from({ length: 8 }, (_, n) => pair.right.put(person(`P${n}`)));
  await perform(pair, { kind: "sync", full: true, approved: null });
  await perform(pair, changes);
  for (const id of ids) pair.right.edit(id, { notes: "all of them" });
  const sent = pair.left.sent.length;
  await perform(pair, changes);
  expect(pair.flow().state).toMatchObject({ kind: "paused", held: true });
  expect(pair.left.sent.length).toBe(sent);
});

test("the guard lets a first run pass in which nothing that is linked changes", async () => {
  const pair = makePair({ guard: { changes: 0, deletes: 0 } });
  for (let n = 0; n < 4; n += 1) pair.left.put(person(`P${n}`, { notes: null }));
  for (let n = 4; n < 8; n += 1) pair.right.put(person(`P${n}`, { phone: null }));
  // What the other tool shows of a record it was given: everything, also what is empty.
  const { keeps } = pair.right;
  pair.right.keeps = (fields) => ({ ...keeps(fields), currency: null });
  await perform(pair, changes);
  await perform(pair, everything);
  expect(pair.flow().state.kind).toBe("on");
  expect([pair.left.live().length, pair.right.live().length]).toEqual([8, 8]);
});
