import { expect, test } from "vitest";
import { SignInAgain } from "#domain/errors.ts";
import type { EventType } from "#domain/event.ts";
import { connectionName } from "#domain/ids.ts";
import { asRead, type SourceRecord } from "#domain/record.ts";
import { makeEngine } from "#engine/engine.ts";
import { makeWorld, person, type World } from "../support/memory/world.ts";
import { everything, perform } from "./performing.ts";

const told = ({ events }: World) =>
  events.kept.map(({ type, subject, data }) => ({ type, subject, key: keyOf(data), data }));
const keyOf = (data: Record<string, unknown>) => (data["from"] as { id: string } | undefined)?.id;

function listening(...types: EventType[]): World {
  const world = makeWorld({ deletes: "archive" });
  for (const type of types) world.events.types.add(type);
  return world;
}

test("what a flow writes is told of, with what is known of the record and both its places", async () => {
  const world = listening("customer.created", "customer.changed", "customer.gone");
  world.source.put("1", person("Ada"));
  world.source.put("2", person("Grace"));
  await perform(world);
  expect(told(world)).toMatchObject([
    { type: "customer.created", key: "1", data: { flow: "people", record: { name: "Ada" } } },
    { type: "customer.created", key: "2" },
  ]);
  const [{ id }] = [...world.links().values()];
  expect(world.events.kept[0]).toMatchObject({
    source: "/flows/people",
    subject: id,
    data: {
      from: { connection: "crm", object: "contacts", id: "1" },
      to: { connection: "books", object: "customers", id },
    },
  });

  world.events.kept.length = 0;
  await perform(world, everything);
  expect(told(world)).toEqual([]);
  world.source.put("1", person("Ada", { phone: "+33142685300" }));
  world.source.remove("2");
  await perform(world, everything);
  expect(told(world)).toMatchObject([
    { type: "customer.changed", data: { record: { phone: "+33142685300" } } },
    { type: "customer.gone" },
  ]);
});

test("only what somebody waits for is told", async () => {
  const world = listening("customer.changed");
  world.source.put("1", person("Ada"));
  await perform(world);
  expect(told(world)).toEqual([]);
});

test("who asks while a run is under way is told of what it stores a moment later", async () => {
  const world = listening();
  for (const key of ["1", "2", "3"]) world.source.put(key, person(`Ada${key}`));
  world.source.pageSize = 1;
  const { commit } = world.ports.ledger;
  world.ports.ledger.commit = async (page) => {
    await commit(page);
    world.events.types.add("customer.created");
    world.clock.pass(2_000);
  };
  await perform(world, everything);
  expect(told(world).map(({ key }) => key)).toContain("3");
  expect(told(world).map(({ key }) => key)).not.toContain("1");
});

test("a deal is won once, however often it changes after that", async () => {
  const world = makeWorld({ match: ["title"] });
  world.events.types.add("deal.won");
  world.target.searchable = ["title"];
  world.target.holds = new Set(["title", "status", "amount"]);
  world.ends.entity = { from: "deal", to: "deal" };
  const deal = { title: "Pier 7", status: "open", amount: "100" };
  world.source.put("1", deal);
  world.source.put("2", { title: "Pier 8", status: "won" });
  await perform(world);
  expect(told(world)).toMatchObject([{ type: "deal.won", key: "2" }]);
  world.source.put("1", { ...deal, status: "won" });
  await perform(world);
  world.source.put("1", { ...deal, status: "won", amount: "120" });
  await perform(world);
  expect(told(world)).toMatchObject([{ key: "2" }, { key: "1", data: { record: { amount: "100" } } }]); // prettier-ignore
});

/** A flow that makes projects of deals that are won, one or two of each. */
function fromDeals(more: Parameters<typeof makeWorld>[0] = {}, parts: readonly string[] = [""]) {
  const world = makeWorld({ match: ["name"], where: { status: "won" }, ...more });
  world.events.types.add("deal.won");
  world.target.searchable = ["name"];
  world.target.holds = new Set(["name"]);
  world.ends.entity = { from: "project", to: "project", origin: "deal" };
  const { pages } = world.source;
  world.source.pages = async function* (from, about) {
    for await (const page of pages(from, about))
      yield { ...page, records: page.records.flatMap((record) => parts.map((part) => made(asRead(record), part))) }; // prettier-ignore
  };
  return world;
}
const made = (record: SourceRecord, part: string): SourceRecord => {
  const { id, content } = record;
  if (content.kind === "gone") return record;
  const fields = { name: content.fields["title"] ?? null };
  return { ...record, id: id + part, content: { ...content, fields, origin: content.fields, of: id } }; // prettier-ignore
};

test("a deal that another kind of record is made of is told of as it turns to won, once", async () => {
  const world = fromDeals({}, ["#a", "#b"]);
  const deal = { title: "Pier 7", status: "open", amount: "100" };
  world.source.put("1", deal);
  world.source.put("2", { title: "Pier 8", status: "won" });
  await perform(world);
  expect(told(world)).toMatchObject([{ subject: "2", data: { flow: "people", from: { connection: "crm", object: "contacts", id: "2" } } }]); // prettier-ignore
  world.source.put("1", { ...deal, status: "won" });
  await perform(world);
  world.source.put("1", { ...deal, status: "won", amount: "120" });
  await perform(world);
  await perform(world, everything);
  expect(told(world).map(({ subject }) => subject)).toEqual(["2", "1"]);
  expect(world.events.kept[1]).toMatchObject({ data: { record: { title: "Pier 7", amount: "100", status: "won" } } }); // prettier-ignore
  world.source.put("1", deal);
  await perform(world);
  world.source.put("1", { ...deal, status: "won" });
  await perform(world);
  expect(told(world).map(({ subject }) => subject)).toEqual(["2", "1", "1"]);
});

test("that a deal is won is seen where nothing that is written has changed", async () => {
  const world = fromDeals({ where: {} });
  const deal = { title: "Pier 7", status: "open" };
  world.source.put("1", deal);
  await perform(world);
  world.source.put("1", { ...deal, status: "won" });
  const run = await perform(world);
  expect(run.counts).toMatchObject({ read: 1, unchanged: 1 });
  expect(told(world).map(({ subject }) => subject)).toEqual(["1"]);
});

test("of what was won before anybody looked nothing is told, nor of what comes out of the hub", async () => {
  const world = fromDeals();
  world.source.put("1", { title: "Pier 7", status: "won" });
  world.events.types.clear();
  await perform(world);
  world.memory.deals.clear();
  world.events.types.add("deal.won");
  await perform(world, everything);
  expect(told(world)).toEqual([]);
  const hub = fromDeals({ from: { connection: connectionName("hub"), object: "deal" } });
  hub.source.put("1", { title: "Pier 7", status: "won" });
  await perform(hub);
  expect(told(hub)).toEqual([]);
});

test("a record that needs a hand is told of once for what it is, without what it holds", async () => {
  const world = listening("record.dead_lettered");
  world.source.put("Eve", person("Eve"));
  const taken = { class: "rejected", field: "name", code: "6240", message: "Taken" } as const;
  world.target.refuse = () => taken;
  await perform(world, everything);
  await perform(world, everything);
  expect(world.events.kept).toMatchObject([
    { type: "record.dead_lettered", subject: "Eve", data: { flow: "people", ...taken } },
  ]);
  expect(JSON.stringify(world.events.kept)).not.toContain("eve@example.com");
});

test("what a killed worker had written is told of by the one after it", async () => {
  const world = listening("customer.created");
  world.source.put("1", person("Ada"));
  const { commit } = world.ports.ledger;
  world.ports.ledger.commit = () => Promise.reject(new Error("killed"));
  const engine = makeEngine(world.ports);
  await engine.perform((await world.queue(everything)).id);
  expect(world.target.rows.size).toBe(1);
  expect(world.events.kept).toEqual([]);
  world.ports.ledger.commit = commit;
  await perform(world, everything);
  expect(told(world)).toMatchObject([{ type: "customer.created", key: "1" }]);
});

test("a tool that wants somebody to sign in again is told of, by whose connection it is", async () => {
  const world = listening("connection.broken");
  const error = new SignInAgain("The key is no more");
  error.connection = connectionName("crm");
  world.source.fault = () => {
    throw error;
  };
  await perform(world, everything);
  expect(world.events.kept).toMatchObject([
    { subject: "crm", data: { connection: "crm", problem: "The key is no more" } },
  ]);
});
