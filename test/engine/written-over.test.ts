import { expect, test } from "vitest";
import type { Fields } from "#domain/fields.ts";
import type { FlowPlan } from "#domain/flow.ts";
import type { Link } from "#domain/link.ts";
import type { Fate, Item } from "#engine/item.ts";
import { asItHeld, goneThere, isWrittenOver } from "#engine/written-over.ts";
import { makeWorld, person, type World } from "../support/memory/world.ts";
import { brought, companies, withCompanies } from "./companies.ts";
import { perform } from "./performing.ts";

/** A tool that knows records by their e-mail has Ada, and no search finds her by it. */
async function withAda(plan: Partial<FlowPlan> = {}, fields: Fields = {}): Promise<World> {
  const world = makeWorld({ match: ["phone"], ...plan });
  world.target.repeat = "upsert";
  world.source.put("ada", person("Ada", { currency: "EUR", ...fields }));
  await perform(world);
  return world;
}

/** Another one with her e-mail: the tool takes it for her. */
const twin = (world: World): void =>
  world.source.put("twin", { name: "Ada II", email: "ada@example.com", currency: "EUR" });

const names = ({ target }: World) => target.live().map(({ fields }) => fields["name"]);

test("who is gone at the source, and was to stay at the target, is there as before once another was written over it", async () => {
  const world = await withAda();
  world.source.remove("ada");
  twin(world);
  const run = await perform(world);
  expect(run.counts).toMatchObject({ read: 2, created: 0, updated: 1, deadLettered: 1 });
  expect(names(world)).toEqual(["Ada"]);
  expect(world.letters()).toMatchObject([{ key: "twin", problem: { code: "ALREADY_LINKED" } }]);
  // It is over: nothing is owed any more.
  const sent = world.target.sent.length;
  expect((await perform(world)).counts).toMatchObject({ read: 0 });
  expect(world.target.sent).toHaveLength(sent);
});

test("the same where she is no longer one that the flow looks at, and she comes back as she is then", async () => {
  const world = await withAda({ where: { currency: "EUR" } });
  world.source.put("ada", person("Ada L.", { email: "ada@example.com", currency: "USD" }));
  twin(world);
  expect((await perform(world)).counts).toMatchObject({ updated: 1, filtered: 1, deadLettered: 1 });
  expect(names(world)).toEqual(["Ada"]);
  expect((await perform(world)).counts).toMatchObject({ read: 0 });
  world.source.put("ada", person("Ada L.", { email: "ada@example.com", currency: "EUR" }));
  expect((await perform(world)).counts).toMatchObject({ updated: 1 });
  expect(names(world)).toEqual(["Ada L."]);
});

test("and where a person has discarded what has become of her", async () => {
  const world = await withAda();
  world.target.refuse = ({ name }) => name === "Bad Ada" ? { class: "invalid", field: "name", code: "6240", message: "Not that" } : null; // prettier-ignore
  world.source.put("ada", person("Bad Ada", { email: "ada@example.com" }));
  await perform(world);
  for (const { id } of world.letters("open"))
    await world.ports.letters.discard(id, "U1", "not ours", world.clock.now());
  twin(world);
  await perform(world);
  expect(names(world)).toEqual(["Ada"]);
});

test.each(["before it is written back", "while it is looked at again"])(
  "who is taken away at the target %s is not made anew",
  async (when) => {
    const world = await withAda();
    world.source.remove("ada");
    twin(world);
    const end = when.startsWith("before") ? world.source : world.target;
    const { read } = end;
    end.read = (ids: readonly string[], signal: AbortSignal) => {
      for (const { id } of world.target.live()) world.target.archive(id);
      return read(ids, signal) as never;
    };
    expect((await perform(world)).counts).toMatchObject({ unchanged: 1, deadLettered: 1 });
    expect(names(world)).toEqual([]);
    end.read = read as never;
    expect((await perform(world)).counts).toMatchObject({ read: 0 });
    expect(names(world)).toEqual([]);
  },
);

test("what she belonged to stands as the target knows it, though that is nowhere any more", async () => {
  const world = makeWorld({ match: ["phone"] });
  withCompanies(world);
  world.target.repeat = "upsert";
  brought(world, "c1", "firm-9");
  world.source.put("ada", person("Ada", { company: "c1" }));
  await perform(world);
  world.source.remove("ada");
  world.memory.links.get(companies)?.delete("c1");
  brought(world, "c2", "firm-8");
  world.source.put("twin", { name: "Ada II", email: "ada@example.com", company: "c2" });
  expect((await perform(world)).counts).toMatchObject({ updated: 1, deadLettered: 1 });
  expect(world.target.live().map(({ fields }) => fields)).toMatchObject([{ name: "Ada", company: "firm-9" }]); // prettier-ignore
});

const link: Link = { key: "ada", id: "t1", version: "1", hash: "", base: person("Ada"), back: null }; // prettier-ignore
const raw = () => new Uint8Array();
const record: Item["record"] = { id: "ada", changedAt: null, raw, content: { kind: "gone" } };
const content = { fields: {}, wide: {}, hash: "" };
const owed: Item = { key: "ada", record, content, fields: {}, known: { link, letter: null } };
const upserting = { upserts: true, twoWay: null };
const filtered: Fate = { kind: "filtered" };

test.each<[string, Fate, Partial<Item>, Partial<typeof upserting>, boolean]>([
  ["it is left out", filtered, {}, {}, true],
  ["it is gone, and deletes are ignored", { kind: "unchanged", link: null }, {}, {}, true],
  ["it is refused", { kind: "dead", direction: "write", problem: { class: "rejected", field: null, code: null, message: "No" }, unlink: false }, {}, {}, false],
  ["it is merged into another", { kind: "merged", link: null }, {}, {}, false],
  ["it takes the place of another", filtered, { inherits: "old" }, {}, false],
  ["nothing is owed to it", filtered, { known: { link: { ...link, hash: "h" }, letter: null } }, {}, false],
  ["it is not linked", filtered, { known: { link: null, letter: null } }, {}, false],
  ["no record is written over another there", filtered, {}, { upserts: false }, false],
  ["both sides decide", filtered, {}, { twoWay: { default: "ask", fields: {} } as never }, false],
])("what its source will never put right is written back, or is not, where %s", (_what, fate, more, flow, back) => {
  expect(isWrittenOver(fate, { ...owed, ...more }, { ...upserting, ...flow })).toBe(back);
}); // prettier-ignore

test("it gets back what it held, and that counts for no content of its source", () => {
  const held = person("Ada");
  expect(asItHeld(owed, link)).toEqual({ ...owed, content: { fields: held, wide: held, hash: "gone" }, fields: held }); // prettier-ignore
  expect(goneThere(owed)).toEqual({ kind: "unchanged", link: { ...link, hash: "gone" } });
});
