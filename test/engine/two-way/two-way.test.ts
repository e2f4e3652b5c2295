import { expect, test } from "vitest";
import type { Fields } from "#domain/fields.ts";
import { makePair } from "../../support/memory/pair.ts";
import { person } from "../../support/memory/world.ts";
import { changes, everything, perform } from "../performing.ts";
import { conflictsOf, linked, shown } from "./linked.ts";

test("what is new on either side is made on the other, and a run without changes does nothing", async () => {
  const pair = makePair();
  pair.left.put(person("Ann"));
  pair.right.put(person("Bob"));

  const first = await perform(pair, changes);
  expect(shown(pair.left).map(({ name }) => name)).toEqual(["Ann", "Bob"]);
  expect(shown(pair.right).map(({ name }) => name)).toEqual(["Bob", "Ann"]);
  expect(first.counts).toMatchObject({ created: 2 });

  await perform(pair, changes);
  const sent = pair.left.sent.length + pair.right.sent.length;
  const asked = { left: 0, right: 0 };
  for (const side of ["left", "right"] as const) {
    const { read } = pair[side];
    pair[side].read = (ids, signal) => {
      asked[side] += ids.length;
      return read(ids, signal);
    };
  }
  const quiet = await perform(pair, everything);
  expect(quiet.counts).toMatchObject({ read: 4, unchanged: 4 });
  expect(pair.left.sent.length + pair.right.sent.length).toBe(sent);
  expect(asked).toEqual({ left: 0, right: 0 });
});

test("a field moves from the side where it was changed, also when each side changed another", async () => {
  const pair = makePair();
  const { s, t } = await linked(pair);
  pair.left.edit(s, { phone: "+332" });
  pair.right.edit(t, { company_name: "Ann Ltd" });

  await perform(pair, changes);

  const both = { phone: "+332", company_name: "Ann Ltd" };
  expect(pair.left.rows.get(s)?.fields).toMatchObject(both);
  expect(pair.right.rows.get(t)?.fields).toMatchObject(both);
  expect(conflictsOf(pair)).toEqual([]);
});

test("a field cleared on one side is cleared on the other", async () => {
  const pair = makePair();
  const { s, t } = await linked(pair);
  pair.right.edit(t, { phone: null });
  await perform(pair, changes);
  expect(pair.left.rows.get(s)?.fields["phone"]).toBeNull();
});

test("a field changed on both sides waits for a person, while the others move", async () => {
  const pair = makePair();
  const { s, t } = await linked(pair);
  pair.left.edit(s, { phone: "+332", notes: "here" });
  pair.right.edit(t, { phone: "+333" });

  const run = await perform(pair, changes);

  expect(run.counts.held).toBeGreaterThan(0);
  expect(pair.right.rows.get(t)?.fields).toMatchObject({ phone: "+333", notes: "here" });
  expect(pair.left.rows.get(s)?.fields).toMatchObject({ phone: "+332" });
  expect(conflictsOf(pair)).toMatchObject([
    { key: s, target: t, fields: { phone: { base: "+331", source: "+332", target: "+333" } } },
  ]);
});

test.each([
  ["source", "+332"],
  ["target", "+333"],
] as const)("what a person chooses is written: %s", async (side, phone) => {
  const pair = makePair();
  const { s, t } = await linked(pair);
  pair.left.edit(s, { phone: "+332" });
  pair.right.edit(t, { phone: "+333" });
  await perform(pair, changes);
  const [conflict] = conflictsOf(pair);
  if (conflict === undefined) throw new Error("no conflict");

  const { id, version } = conflict;
  const at = pair.clock.now();
  expect(await pair.ports.conflicts.choose(id, version, { phone: side }, "U1", at)).toBe(true);
  await perform(pair, changes);

  expect(pair.left.rows.get(s)?.fields["phone"]).toBe(phone);
  expect(pair.right.rows.get(t)?.fields["phone"]).toBe(phone);
  expect(conflictsOf(pair)).toEqual([]);
});

test("what was chosen does not stand once a side has changed again", async () => {
  const pair = makePair();
  const { s, t } = await linked(pair);
  pair.left.edit(s, { phone: "+332" });
  pair.right.edit(t, { phone: "+333" });
  await perform(pair, changes);
  const [conflict] = conflictsOf(pair);
  if (conflict === undefined) throw new Error("no conflict");
  const { id, version } = conflict;
  await pair.ports.conflicts.choose(id, version, { phone: "source" }, "U1", pair.clock.now());
  pair.right.edit(t, { phone: "+334" });

  await perform(pair, changes);

  expect(pair.right.rows.get(t)?.fields["phone"]).toBe("+334");
  expect(conflictsOf(pair)).toMatchObject([
    { state: { kind: "open" }, choices: {}, fields: { phone: { source: "+332", target: "+334" } } },
  ]);
});

test.each([
  ["source", "+332"],
  ["target", "+333"],
  ["newest", "+333"],
] as const)("%s decides where both sides were changed", async (rule, phone) => {
  const pair = makePair({ twoWay: { default: "ask", fields: { phone: rule } } });
  const { s, t } = await linked(pair);
  pair.left.edit(s, { phone: "+332" });
  pair.clock.pass(10 * 60_000);
  pair.right.edit(t, { phone: "+333" });

  await perform(pair, changes);

  expect(pair.left.rows.get(s)?.fields["phone"]).toBe(phone);
  expect(pair.right.rows.get(t)?.fields["phone"]).toBe(phone);
  expect(conflictsOf(pair)).toEqual([]);
});

test("who changed it is told with a conflict where a tool says so", async () => {
  const pair = makePair();
  const { s, t } = await linked(pair);
  const { read } = pair.right;
  pair.right.read = async (ids, signal) =>
    (await read(ids, signal)).map((record) => ({ ...record, changedBy: "Bo Ek" }));
  const { pages } = pair.to;
  pair.to.pages = async function* (from, about) {
    for await (const page of pages(from, about))
      yield { ...page, records: page.records.map((record) => ({ ...record, changedBy: "Bo Ek" })) };
  };
  pair.left.edit(s, { phone: "+332" });
  pair.right.edit(t, { phone: "+333" });
  await perform(pair, changes);
  expect(conflictsOf(pair)[0]?.changed.by).toEqual({ source: null, target: "Bo Ek" });
});

test("what waits for a person is decided by another rule, once it is weighed again", async () => {
  const pair = makePair();
  const { s, t } = await linked(pair);
  pair.left.edit(s, { phone: "+332", notes: "here" });
  pair.right.edit(t, { phone: "+333", notes: "there" });
  await perform(pair, changes);
  expect(conflictsOf(pair)).toHaveLength(1);
  const flow = pair.flow();
  const twoWay = { default: "ask", fields: { phone: "target" } } as const;
  pair.memory.flows.set(flow.name, { ...flow, twoWay });
  await perform(pair, changes);
  expect(pair.left.rows.get(s)?.fields["phone"]).toBe("+332");

  expect(await pair.ports.conflicts.weighAgain(flow.name)).toBe(1);
  await perform(pair, changes);

  expect(pair.left.rows.get(s)?.fields).toMatchObject({ phone: "+333", notes: "here" });
  expect(conflictsOf(pair)).toMatchObject([{ fields: { notes: { source: "here" } } }]);
  expect(Object.keys(conflictsOf(pair)[0]?.fields ?? {})).toEqual(["notes"]);
});

test("which of two changes within a minute was the newest, a person says", async () => {
  const pair = makePair({ twoWay: { default: "newest", fields: {} } });
  const { s, t } = await linked(pair);
  pair.left.edit(s, { phone: "+332" });
  pair.clock.pass(10_000);
  pair.right.edit(t, { phone: "+333" });
  await perform(pair, changes);
  expect(conflictsOf(pair)).toHaveLength(1);
});

test("a tool that trims what it is given does not cause an endless update", async () => {
  const pair = makePair();
  pair.right.keeps = (fields) => ({
    ...fields,
    ...(typeof fields["name"] === "string" ? { name: fields["name"].trim().slice(0, 8) } : {}),
  });
  const { s, t } = await linked(pair, person("Ann", { name: "  Annabelle Lee " }));
  for (let n = 0; n < 3; n += 1) await perform(pair, everything);

  expect(pair.left.rows.get(s)?.fields["name"]).toBe("  Annabelle Lee ");
  expect(pair.right.rows.get(t)?.fields["name"]).toBe("Annabell");
  expect(pair.right.sent).toHaveLength(1);
  expect(pair.left.sent).toHaveLength(0);

  pair.right.edit(t, { name: "Ann Lee" });
  await perform(pair, changes);
  expect(pair.left.rows.get(s)?.fields["name"]).toBe("Ann Lee");
});

test("two tools that undo each other's form pause the flow after three round trips", async () => {
  const pair = makePair();
  let n = 0;
  const { s } = await linked(pair);
  const bounce = (fields: Fields): Fields =>
    "notes" in fields ? { ...fields, notes: `again ${(n += 1)}` } : fields;
  Object.assign(pair.right, { keeps: bounce });
  Object.assign(pair.left, { keeps: bounce });
  // No version: nobody can say that it was not a person.
  for (const tool of [pair.left, pair.right]) {
    const { send } = tool;
    tool.send = async (request, signal) => {
      const sent = await send(request, signal);
      if (sent.kind !== "each") return sent;
      return {
        ...sent,
        outcomes: sent.outcomes.map((one) =>
          one.kind === "accepted" ? { ...one, version: null } : one,
        ),
      };
    };
  }
  pair.left.edit(s, { notes: "first" });
  for (let runs = 0; runs < 10 && pair.flow().state.kind === "on"; runs += 1) {
    await perform(pair, changes);
    pair.clock.pass(60_000);
  }

  expect(pair.flow().state).toMatchObject({ kind: "paused" });
  expect(pair.left.sent.length + pair.right.sent.length).toBeLessThanOrEqual(8);
  expect([...pair.memory.incidents.values()]).toMatchObject([{ subject: { error: "Looping" } }]);
});

test("a retry carries out as well what people have decided meanwhile", async () => {
  const pair = makePair();
  const { s, t } = await linked(pair);
  pair.left.edit(s, { phone: "+332" });
  pair.right.edit(t, { phone: "+333" });
  pair.right.refuse = ({ name }) =>
    name === "Bob" ? { class: "rejected", field: null, code: null, message: "No Bob" } : null;
  pair.left.put(person("Bob"));
  await perform(pair, changes);
  const [asked] = conflictsOf(pair);
  if (asked === undefined) throw new Error("nobody was asked");
  await pair.ports.conflicts.choose(asked.id, asked.version, { phone: "source" }, "U1", pair.clock.now()); // prettier-ignore
  pair.right.refuse = () => null;

  await perform(pair, { kind: "retry", letters: pair.openLetters() });

  expect(pair.right.rows.get(t)?.fields["phone"]).toBe("+332");
  expect(conflictsOf(pair)).toEqual([]);
  expect(shown(pair.right).map(({ name }) => name)).toEqual(["Ann", "Bob"]);
});

test.each(["those letters", "all of them"])("each dead letter is tried the way it was to go: %s", async (which) => {
  const pair = makePair();
  const no = { class: "rejected", field: null, code: null, message: "No" } as const;
  pair.left.refuse = () => no;
  pair.right.refuse = () => no;
  pair.left.put(person("Ann"));
  pair.right.put(person("Bob"));
  await perform(pair, changes);
  expect(pair.letters("open").map(({ way }) => way).sort()).toEqual(["back", "there"]);
  pair.left.refuse = () => null;
  pair.right.refuse = () => null;
  const asked: number[] = [];
  for (const source of [pair.from, pair.to]) {
    const { read } = source;
    source.read = (ids, signal) => (asked.push(ids.length), read(ids, signal));
  }
  const letters = which === "all of them" ? [] : pair.openLetters();
  const bulk = which === "all of them" ? { bulk: { incident: null, taken: 0 } } : {};

  const run = await perform(pair, { kind: "retry", letters, ...bulk });

  expect(run.counts).toMatchObject({ read: 2, created: 2 });
  expect(asked).toEqual([1, 1]);
  expect(pair.letters("written")).toHaveLength(2);
}); // prettier-ignore

test("what somebody changes back just after it was written is a change", async () => {
  const pair = makePair();
  const { s, t } = await linked(pair);
  await perform(pair, changes);
  pair.left.edit(s, { phone: "+332" });
  const { send } = pair.right;
  pair.right.send = async (request, signal) => {
    pair.right.send = send;
    const sent = await send(request, signal);
    pair.right.edit(t, { phone: "+331" });
    return sent;
  };
  await perform(pair, changes);
  await perform(pair, changes);
  expect([shown(pair.left), shown(pair.right)]).toMatchObject([[{ phone: "+331" }], [{ phone: "+331" }]]); // prettier-ignore
  expect(conflictsOf(pair)).toEqual([]);
});
