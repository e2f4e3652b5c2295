import { expect, test } from "vitest";
import type { FlowPlan } from "#domain/flow.ts";
import type { Link } from "#domain/link.ts";
import type { Page, PageRecord, SourceRecord } from "#domain/record.ts";
import type { Claimed } from "#engine/claimed.ts";
import { makeLook, stillInDoubt, type Looked } from "#engine/look.ts";
import { makeWorld, person } from "../support/memory/world.ts";
import { inHand } from "./in-hand.ts";
import { everything, perform } from "./performing.ts";

const problem = { class: "invalid", field: "phone", code: "BAD_PHONE", message: "bad" } as const;
const live = (id: string, fields = person(id), more: object = {}): SourceRecord => ({ id, changedAt: null, raw: () => new Uint8Array(), content: { kind: "live", fields, problems: [], ...more } }); // prettier-ignore
const gone = (id: string, into?: string): SourceRecord => ({ ...live(id), content: { kind: "gone", ...(into !== undefined && { into }) } }); // prettier-ignore
const bad = (id: string): SourceRecord => live(id, person(id, { phone: "abc" }), { problems: [problem] }); // prettier-ignore

/** A flow that has brought these people over already. */
async function known(names: readonly string[], about: Partial<FlowPlan> = {}) {
  const world = makeWorld(about);
  for (const name of names) world.source.put(name, person(name));
  await perform(world, everything);
  const compared: [string, string | null][][] = [];
  const { compare } = world.ports.ledger;
  const ledger = {
    ...world.ports.ledger,
    compare(...[flow, contents]: Parameters<typeof compare>) {
      compared.push([...contents]);
      return compare(flow, contents);
    },
  };
  const look = (
    records: readonly PageRecord[],
    inDoubt: readonly string[] = [],
    more: Partial<Claimed> = {},
  ): Promise<Looked> => {
    const page: Page = { records, checkpoint: 1 };
    return makeLook({ ...world.ports, ledger }, inHand(world, more), new Set(inDoubt))(page);
  };
  return { world, compared, look };
}
const begun = ({ open }: Looked) => open.map(({ item, first }) => `${item.key} ${first}`);
const ended = ({ settled }: Looked) => settled.map(({ item, fate }) => `${item.key} ${fate.kind}`);

test("of a page it is told what is to be done, what is over, and how many need nothing", async () => {
  const { look } = await known(["Ada", "Bob", "Cid", "Dan"]);
  const records = [live("Ada"), live("Bob", person("Bob", { phone: "+331" })), live("New"), gone("Cid"), bad("Dan")]; // prettier-ignore
  const looked = await look(records);
  expect(begun(looked)).toEqual(["Bob update", "New match"]);
  expect(ended(looked)).toEqual(["Cid unchanged", "Dan dead"]);
  expect(looked).toMatchObject({ read: 5, quiet: 1, deals: [], page: { records, checkpoint: 1 } });
  const [bob, fresh] = looked.open;
  expect(bob?.item).toMatchObject({ fields: { phone: "+331" }, known: { link: { id: "t2" }, letter: null } }); // prettier-ignore
  expect(bob?.item.fields).toBe(bob?.item.content.fields);
  expect(fresh?.item.known).toEqual({ link: null, letter: null });
  expect(await look([])).toMatchObject({ read: 0, quiet: 0, open: [], settled: [] });
});

test("of copies on a page the last one counts, and the others need nothing", async () => {
  const { look } = await known(["Ada"]);
  const looked = await look([live("New"), live("Ada", person("Eve")), live("New", person("Newer")), live("Ada")]); // prettier-ignore
  expect(looked).toMatchObject({ read: 4, quiet: 3 });
  expect(looked.open.map(({ item }) => item.fields["name"])).toEqual(["Newer"]);
});

test("the ledger is asked about contents only where nothing but content decides, and of what was merged", async () => {
  const { look, compared, world } = await known(["Ada", "Bob"], {
    where: { name: { not: "Eve" } },
  });
  const hash = (name: string) => world.links().get(name)?.hash;
  await look([live("Ada"), live("Left", person("Eve")), gone("Bob", "Heir"), bad("Bad"), live("Sum", person("Sum"), { swallowed: ["One", "Two"] })]); // prettier-ignore
  expect(compared).toHaveLength(1);
  expect(Object.fromEntries(compared[0] ?? [])).toEqual({ Ada: hash("Ada"), Left: null, Bob: null, Heir: null, Bad: expect.any(String), Sum: expect.any(String), One: null, Two: null }); // prettier-ignore
});

/** As pages show them: told by their own text, and decoded only where that is not enough. */
const unread = (id: string, fields = person(id), read: string[] = []): PageRecord => {
  const { content } = live(id, fields);
  if (content.kind !== "live") throw new Error("it is live");
  const decode = () => (read.push(id), content);
  return { id, changedAt: null, raw: () => new Uint8Array(), text: () => JSON.stringify([id, fields, []]), content: { kind: "unread", read: decode } }; // prettier-ignore
};

test("what is told by its text is decoded where the ledger does not know it, and is remembered by it", async () => {
  const { look, compared } = await known(["Ada", "Bob"]);
  const read: string[] = [];
  const looked = await look([unread("Ada", person("Ada"), read), unread("Bob", person("Bob", { phone: "+331" }), read), live("Cid")]); // prettier-ignore
  expect(read).toEqual(["Bob"]);
  expect(begun(looked).sort()).toEqual(["Bob update", "Cid match"]);
  expect(looked).toMatchObject({ read: 3, quiet: 1 });
  const items = new Map(looked.open.map(({ item }) => [item.key, item]));
  expect(items.get("Bob")?.print).toBe(new Map(compared[0]).get("Bob"));
  expect(items.get("Cid")).not.toHaveProperty("print");
});

test("what may have been written already waits for a person, unless there is nothing to write", async () => {
  const { look } = await known(["Ada", "Bob", "Cid", "Dan"]);
  const page = [live("Ada", person("Ada", { phone: "+331" })), live("New"), bad("Bob"), gone("Cid"), live("Dan", person("Dan", { phone: "+332" }))]; // prettier-ignore
  const looked = await look(page, ["Ada", "New", "Bob", "Cid"]);
  expect(begun(looked)).toEqual(["Dan update"]);
  expect(ended(looked)).toEqual(["Ada dead", "New dead", "Bob dead", "Cid unchanged"]);
  expect(looked.settled.slice(0, 3).map(({ fate }) => fate)).toEqual([stillInDoubt, stillInDoubt, stillInDoubt]); // prettier-ignore
  expect(stillInDoubt).toMatchObject({ kind: "dead", direction: "write", unlink: false, problem: { code: "MAYBE_WRITTEN" } }); // prettier-ignore
});

test("one that was merged hands its place on, on the same page or to one that is linked already", async () => {
  const { look } = await known(["Ada", "Bob", "Cid"], { deletes: "archive" });
  const page = await look([gone("Ada", "Heir"), live("Heir"), gone("Bob", "Cid"), gone("Cid", "Away")]); // prettier-ignore
  expect(page.open.map(({ item, first }) => [item.key, first, item.inherits, item.known.link?.id])).toEqual([["Heir", "update", "Ada", "t1"], ["Bob", "archive", undefined, "t2"]]); // prettier-ignore
  expect(page.settled.map(({ item, fate }) => [item.key, fate])).toEqual([
    ["Ada", { kind: "merged", link: null }],
    ["Cid", { kind: "merged", link: expect.objectContaining({ key: "Away", id: "t3", hash: "" }) }],
  ]);
});

test("one that is decoded first of all tells as well what was merged into it", async () => {
  const { look, world } = await known(["Ada"]);
  delete world.source.decoding;
  const { content } = live("Heir", person("Heir"), { swallowed: ["Ada"] });
  const heir: PageRecord = { ...unread("Heir"), text: () => "", content: { kind: "unread", read: () => content as never } }; // prettier-ignore
  const { open } = await look([heir]);
  expect(open.map(({ item, first }) => [item.key, first, item.inherits])).toEqual([["Heir", "update", "Ada"]]); // prettier-ignore
});

test("only where a target takes one record for another is what was written over written back", async () => {
  for (const repeat of ["upsert", "lookup"] as const) {
    const { look, world } = await known(["Ada"]);
    world.target.repeat = repeat;
    const link: Link | undefined = world.links().get("Ada");
    if (link) world.memory.links.get(world.flow().name)?.set("Ada", { ...link, hash: "" });
    expect(begun(await look([gone("Ada")]))).toEqual(repeat === "upsert" ? ["Ada restore"] : []);
  }
});

test("out of the hub, what may be older than it was agreed is looked at as it is now", async () => {
  const { look, world } = await known(["Ada"]);
  world.source.put("Ada", person("Ada", { phone: "+339" }));
  const page = [live("Ada", person("Ada", { phone: "+331" }))];
  const spoke = { heading: "out", counters: [] } as const;
  const looked = await look(page, [], { spoke });
  expect(looked.open.map(({ item }) => item.fields["phone"])).toEqual(["+339"]);
  expect((await look(page)).open.map(({ item }) => item.fields["phone"])).toEqual(["+331"]);
});

test("of deals that become something else each one is shown, and whether it is new", async () => {
  const { look, world } = await known(["Ada", "Bob"]);
  const deal = (id: string, status: string) => live(id, person(id), { origin: { status } });
  const link = world.links().get("Ada");
  world.memory.links.get(world.flow().name)?.set("Ada", { ...link, hash: "other" });
  const ends = { ...world.ends, entity: { from: "customer", to: "customer", origin: "deal" } } as const; // prettier-ignore
  const { deals } = await look([deal("Ada", "won"), deal("Bob", "open"), deal("New", "won")], [], { ends }); // prettier-ignore
  expect(deals.map(({ key, won, before }) => [key, won, before])).toEqual([["Ada", true, null], ["Bob", false, null], ["New", true, "not won"]]); // prettier-ignore
});
