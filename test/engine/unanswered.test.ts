import { expect, test } from "vitest";
import { RetryLater, Unavailable } from "#domain/errors.ts";
import { noCounts } from "#domain/run.ts";
import { person } from "../support/memory/world.ts";
import { archive, bothWays, crashed, create, linkOf, update } from "./crashed.ts";

test("where nothing was left behind nobody is asked and nothing stored", async () => {
  const { settle, pages, target, world } = crashed("lookup");
  target.lagMs = 60_000;
  const before = world.clock.ms();
  await settle();
  expect([pages.length, target.sent.length, world.clock.ms() - before]).toEqual([0, 0, 0]);
});

test.each(["request_id", "upsert"] as const)("%s: what was announced is sent again, and what is taken is stored", async (repeat) => {
  const { settle, left, link, pages, target, world } = crashed(repeat);
  const bob = target.put(person("Bob"));
  const cid = target.put(person("Cid"));
  link("Bob", bob);
  link("Cid", cid);
  left(create("Ada"), create("Bad"));
  left(update("Bob", bob), update("Gone", "t99"));
  left(archive("Cid", cid));
  target.refuse = ({ name }) => (name === "Bad" ? { class: "rejected", field: null, code: null, message: "No" } : null);

  await settle();

  expect(pages.map(({ counts }) => counts)).toEqual([
    { ...noCounts, read: 1, created: 1 },
    { ...noCounts, read: 1, updated: 1 },
    { ...noCounts, read: 1, deleted: 1 },
  ]);
  expect(pages[0]).toMatchObject({ flow: "people", epoch: 1, by: "U1", letters: [], conflicts: [], agreed: [], events: [], checkpoint: undefined });
  expect(pages.map(({ answered }) => answered)).toEqual([["request-1"], ["request-2"], ["request-3"]]);
  expect(pages.map(({ unlinked }) => unlinked)).toEqual([[], [], ["Cid"]]);
  expect(pages.map(({ deals }) => deals)).toEqual([undefined, undefined, undefined]);
  expect(pages.map(({ arrived }) => arrived)).toEqual([true, false, false]);
  expect(world.memory.intents).toEqual([]);
  expect([...world.links().keys()].sort()).toEqual(["Ada", "Bob"]);
  expect(world.links().get("Ada")).toEqual({ key: "Ada", id: "t3", version: "1", hash: "h", base: person("Ada"), back: null });
  expect(world.links().get("Bob")).toMatchObject({ id: bob, version: "2", hash: "h", base: { notes: "new" } });
  // What was refused comes again with its page.
  expect(world.letters()).toEqual([]);
}); // prettier-ignore

test("one that is refused whole has done nothing, and is over", async () => {
  const { settle, left, pages, target, world } = crashed("request_id");
  target.wholeBatches = true;
  target.refuse = () => ({ class: "rejected", field: null, code: null, message: "No" });
  left(create("Ada"));
  await settle();
  expect(pages).toMatchObject([{ counts: noCounts, links: [], answered: ["request-1"] }]);
  expect(world.memory.intents).toEqual([]);
});

test("one that gets no answer now is asked for again, and stays where it never gets one", async () => {
  const { settle, left, pages, target, world } = crashed("request_id");
  left(create("Ada"));
  target.fault = () => "lost after";
  await expect(settle()).rejects.toThrow(Unavailable);
  expect([pages.length, world.memory.intents.length]).toEqual([0, 1]);
  let sends = 0;
  target.fault = () => ((sends += 1) < 3 ? "lost before" : "none");
  await settle();
  expect(pages).toMatchObject([{ counts: { read: 1, created: 1 }, answered: ["request-1"] }]);
  expect(target.live()).toHaveLength(1);
});

test("who was told and asks us to wait is in the log, and told again: nothing is answered yet", async () => {
  const { settle, left, pages, target, world } = crashed("request_id");
  Object.assign(target, { endpoint: true });
  target.send = (_request, _signal, heard) => {
    heard?.({ at: world.clock.now(), status: 429, ms: 1, answer: "" }, null);
    throw new RetryLater("Wait", 900_000);
  };
  left(create("Ada"));
  await expect(settle()).rejects.toThrow(RetryLater);
  expect(pages).toMatchObject([{ counts: noCounts, links: [], answered: [], sendings: [{ subject: "Ada", attempt: { status: 429 } }] }]); // prettier-ignore
  expect(world.memory.intents).toHaveLength(1);
});

test("what was written ends its dead letter, if it was that content and nobody discarded it", async () => {
  const { settle, left, link, waiting, pages, target, world } = crashed("request_id");
  const gone = target.put(person("Gone"));
  link("Gone", gone);
  for (const key of ["Ada", "Bob", "Gone"]) await waiting(key, key === "Bob" ? "another" : "h");
  await waiting("Cid", "h");
  const [cid] = world.letters().filter(({ key }) => key === "Cid");
  if (cid) await world.ports.letters.discard(cid.id, "U1", "not ours", world.clock.now());
  left(...["Ada", "Bob", "Cid", "Dan"].map((key) => create(key)));
  left(archive("Gone", gone));
  await settle();
  expect(pages.map(({ settled }) => settled)).toEqual([[{ key: "Ada", as: "written" }], []]);
  expect(world.links().get("Ada")?.hash).toBe("h");
});

test("what was created is looked for once the target must show it", async () => {
  const { settle, left, pages, target, world } = crashed("lookup");
  target.lagMs = 5_000;
  const ada = target.put(person("Ada"));
  target.put({ ...person("Bob"), name: "Robert" });
  target.put(person("Cid"));
  target.put(person("Cid"));
  left(...["Ada", "Bob", "Cid", "Dan"].map((key) => create(key)));
  left(update("Ada", ada, person("Ada")));

  await settle();

  expect(pages.map(({ counts }) => counts)).toEqual([noCounts, { ...noCounts, read: 1, created: 1 }]); // prettier-ignore
  expect([...world.links().values()]).toEqual([{ ...linkOf("Ada", ada), hash: "h", version: "1" }]);
  expect(pages.map(({ sendings }) => sendings)).toEqual([[], []]);
  expect(world.memory.intents).toEqual([]);
  expect(target.sent).toEqual([]);
});

test("where all is found nobody waits for longer than the target may hide it", async () => {
  const { settle, left, pages, target, world } = crashed("lookup");
  target.lagMs = 5_000;
  target.put(person("Ada"));
  left(create("Ada"));
  left(update("Bob", "t9"));
  const before = world.clock.ms();
  await settle();
  expect(world.clock.ms() - before).toBe(5_000);
  expect(pages.map(({ answered }) => answered)).toEqual([["request-1"], ["request-2"]]);
});

/** What may have left 4 s after the last sign of life, took 10 s to arrive and 30 s to be carried out. */
const lastMs = 44_000;

test.each([
  ["whose worker is silent since then", 8_000, lastMs - 8_000],
  ["whose worker was heard of, nobody knows when", null, lastMs],
  ["that is too old to come any more", lastMs + 5_000, 0],
])("one %s, and that is not there yet, is waited for and found", async (_which, silentMs, most) => {
  const { settle, left, pages, target, world } = crashed("lookup");
  target.lagMs = 5_000;
  if (silentMs !== null) world.memory.left.set(world.flow().name, world.clock.now().subtract({ milliseconds: silentMs })); // prettier-ignore
  const here = target.put(person("Ada"));
  left(create("Ada"));
  left(create("Bob"), create("Ada"));
  const waitMs = most + 5_000;
  const began = world.clock.ms();
  const settled = settle();
  if (most > 0) {
    await world.clock.sleep(waitMs - 5_000, new AbortController().signal);
    // The one that is there is settled already; of the other request nothing is.
    expect(pages.map(({ answered, links }) => [answered, links.map(({ id }) => id)])).toEqual([[["request-1"], [here]]]); // prettier-ignore
    target.put(person("Bob"));
  }
  await settled;
  expect(world.clock.ms() - began).toBe(waitMs);
  expect([...world.links().keys()].sort()).toEqual(most > 0 ? ["Ada", "Bob"] : ["Ada"]);
  expect([world.memory.intents, target.sent]).toEqual([[], []]);
}); // prettier-ignore

test("whoever stops the run meanwhile leaves it for the next", async () => {
  const stop = new AbortController();
  const { settle, left, pages, world } = crashed("lookup", { stop: stop.signal });
  left(create("Ada"));
  const settled = settle();
  const stopped = expect(settled).rejects.toThrow("stopped");
  await world.clock.sleep(3_000, new AbortController().signal);
  stop.abort(new Error("stopped"));
  await stopped;
  expect([pages.length, world.memory.intents.length]).toEqual([0, 1]);
});

test("one that the tool keeps in a form of its own is linked, and our content written over it", async () => {
  const { settle, left, waiting, pages, target, world } = crashed("lookup");
  target.put({ ...person("Ada"), name: "ada" });
  await waiting("Ada", "h");
  left(create("Ada", { ...person("Ada"), name: "Ada " }));
  await settle();
  expect(world.links().get("Ada")).toMatchObject({ id: "t1", hash: "" });
  expect(pages[0]?.settled).toEqual([]);
});

test("what landed on another's record is decided anew, and the other is written again", async () => {
  const { settle, left, link, pages, target, world } = crashed("upsert");
  target.put(person("Ada"));
  link("Ada", "t1");
  left(create("Twin", person("Ada", { name: "Ada II" })), create("Bob"));
  await settle();
  expect(pages[0]?.counts).toEqual({ ...noCounts, read: 1, created: 1 });
  expect(world.links().get("Ada")).toEqual({ ...linkOf("Ada", "t1"), hash: "" });
  expect([...world.links().keys()]).toEqual(["Ada", "Bob"]);
});

test("where both were written by one request the owner has one link, and is written again", async () => {
  const { settle, left, link, pages, target } = crashed("upsert");
  target.put(person("Ada"));
  link("Ada", "t1");
  left(update("Ada", "t1"), create("Twin", person("Ada")));
  await settle();
  expect(pages[0]?.links.map(({ key, hash, version }) => [key, hash, version])).toEqual([["Ada", "", "2"]]); // prettier-ignore
});

test("in a two-way flow what was made is compared again, and what was written is found there", async () => {
  const { settle, left, link, waiting, pages, target, world } = crashed("request_id", bothWays);
  const bob = target.put(person("Bob"));
  link("Bob", bob);
  await waiting("Ada", "h");
  left(create("Ada"), update("Bob", bob));
  await settle();
  expect(pages[0]).toMatchObject({ counts: { read: 2, created: 1, updated: 1 }, settled: [] });
  expect(pages[0]?.links).toEqual([{ key: "Ada", id: "t2", version: "1", hash: "", base: person("Ada"), back: { hash: "", base: person("Ada"), trips: {} } }]); // prettier-ignore
  expect(world.links().get("Bob")?.hash).toBe("before");
});

test.each(["request_id", "upsert"] as const)("%s: in a two-way flow what was changed there since is not written over, nor taken away", async (repeat) => {
  const { settle, left, pages, target, world } = crashed(repeat, bothWays);
  const bob = target.put(person("Bob", { notes: "theirs since" }));
  const cid = target.put(person("Cid", { notes: "ours" }));
  const known = (key: string, id: string) => ({ ...linkOf(key, id), back: { hash: "there", base: person(key), trips: {} } });
  world.memory.links.set(world.flow().name, new Map([["Bob", known("Bob", bob)], ["Cid", known("Cid", cid)]]));
  left(update("Bob", bob, { notes: "ours" }), update("Cid", cid, { notes: "ours" }));
  left(archive("Cid", cid));
  await settle();
  expect(target.sent).toEqual([]);
  expect(target.live().map(({ fields }) => fields["notes"])).toEqual(["theirs since", "ours"]);
  expect(pages.map(({ answered }) => answered)).toEqual([["request-1"], ["request-2"]]);
  // What is there as we sent it was written; it is looked at again all the same.
  expect(world.links().get("Bob")).toEqual(known("Bob", bob));
  expect(world.links().get("Cid")).toMatchObject({ hash: "", base: { notes: "ours" }, back: { base: { notes: "ours" } } });
}); // prettier-ignore

test("in a two-way flow a delete that nobody answered says nothing of what is there", async () => {
  const { settle, left, pages, target, world } = crashed("lookup", bothWays);
  const bob = target.put(person("Bob"));
  const link = { ...linkOf("Bob", bob), back: { hash: "there", base: person("Bob"), trips: {} } };
  world.memory.links.set(world.flow().name, new Map([["Bob", link]]));
  left(archive("Bob", bob));
  await settle();
  expect(pages).toMatchObject([{ counts: noCounts, links: [], answered: ["request-1"] }]);
  expect(world.links().get("Bob")).toEqual(link);
});

test("who waits for what is written is told of it, once it is stored", async () => {
  const types = new Set(["customer.created", "customer.changed", "customer.gone"] as const);
  const wanted = () => Promise.resolve(types);
  const { settle, left, link, pages, target } = crashed("request_id", { wanted });
  const bob = target.put(person("Bob"));
  const cid = target.put(person("Cid"));
  link("Bob", bob);
  link("Cid", cid);
  left(create("Ada"), update("Bob", bob), archive("Cid", cid));
  await settle();
  expect(pages[0]?.events).toMatchObject([
    { type: "customer.created", subject: "t3", data: { record: { name: "Ada" }, from: { id: "Ada" } } },
    { type: "customer.changed", subject: bob, data: { record: { notes: "new" } } },
    { type: "customer.gone", subject: cid, data: { record: {} } },
  ]); // prettier-ignore
});
