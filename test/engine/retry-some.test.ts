import { expect, test } from "vitest";
import { Unavailable } from "#domain/errors.ts";
import type { Run } from "#domain/run.ts";
import { makeEngine } from "#engine/engine.ts";
import { makeWorld, person } from "../support/memory/world.ts";
import { correct, retryAll, sameName, withLetters } from "./correcting.ts";
import { perform, through } from "./performing.ts";

/** So many dead letters, refused a few at a time so that the circuit stays closed; now all would be taken. */
async function withMany(count: number) {
  const world = makeWorld();
  for (let n = 0; n < count; n += 10) {
    for (let m = n; m < n + 10; m += 1) world.source.put(`P${m}`, person(`P${m}`));
    world.target.refuse = () => sameName;
    await perform(world);
  }
  world.target.refuse = () => null;
  return world;
}

test("many at once are written in the order in which they were asked for", async () => {
  const world = await withMany(120);
  world.target.batch = 1;
  world.target.parallel = 1;
  const letters = world.openLetters().toReversed();

  const run = await perform(world, { kind: "retry", letters });

  expect(run.counts).toMatchObject({ read: 120, created: 120 });
  expect(world.target.live().map(({ fields }) => fields["name"])).toEqual(
    Array.from({ length: 120 }, (_, n) => `P${119 - n}`),
  );
});

test("of two that were aimed at the same record the second asks again", async () => {
  const world = makeWorld();
  const chosen = world.target.put(person("Ada"));
  world.target.put(person("Ada"));
  world.source.put("a", person("Ada"));
  await perform(world);
  world.source.put("b", person("Ada"));
  await perform(world);
  await correct(world, "a", { "@target": chosen });
  await correct(world, "b", { "@target": chosen });

  expect((await retryAll(world)).counts).toMatchObject({ updated: 1, deadLettered: 1 });
  expect(world.links().get("a")?.id).toBe(chosen);
  expect(world.letters("open")).toMatchObject([{ key: "b", problem: { code: "ALREADY_LINKED", candidates: [{ id: chosen }] } }]); // prettier-ignore
  expect(world.letters("open")[0]).toMatchObject({ direction: "write", problem: { message: expect.stringContaining('"a"') } }); // prettier-ignore
});

test("a choice made for what the record was then does not stand once it has changed", async () => {
  const world = makeWorld();
  const chosen = world.target.put(person("Ada"));
  world.target.put(person("Ada"));
  world.source.put("a", person("Ada"));
  await perform(world);
  await correct(world, "a", { "@target": chosen });
  world.source.put("a", person("Bob"));

  expect((await retryAll(world)).counts).toMatchObject({ created: 1, updated: 0 });
  expect(world.links().get("a")?.id).not.toBe(chosen);
  expect(world.target.rows.get(chosen)?.fields).toEqual(person("Ada"));
});

test("what is chosen is never written into the record", async () => {
  const world = makeWorld();
  const chosen = world.target.put(person("Ada"));
  world.target.put(person("Ada"));
  world.source.put("a", person("Ada"));
  await perform(world);
  await correct(world, "a", { "@target": chosen, phone: "+331" });
  await retryAll(world);
  expect(world.target.rows.get(chosen)?.fields).toEqual(person("Ada", { phone: "+331" }));
  expect(world.links().get("a")?.base).toEqual(person("Ada", { phone: "+331" }));
});

test("a retry that breaks off keeps what it has written, and tries the rest again", async () => {
  const world = await withLetters(["Eve", "Eva"]);
  world.target.batch = 1;
  world.target.parallel = 1;
  world.target.refuse = () => null;
  let sends = 0;
  world.target.fault = () =>
    (sends += 1) === 2 ? new Unavailable("Books does not answer") : "none";
  const { id } = await world.queue({ kind: "retry", letters: world.openLetters() });
  const engine = makeEngine(world.ports);
  await engine.perform(id);
  expect(world.letters("written")).toHaveLength(1);
  expect(world.letters("retrying")).toHaveLength(1);

  world.clock.pass(3_600_000);
  const run = await through(world, id, engine);
  expect(run.counts).toMatchObject({ read: 2, created: 2 });
  expect(world.target.live()).toHaveLength(2);
  expect(world.memory.intents).toEqual([]);
});

test("a dead letter of what the source tells nothing of is left as it was", async () => {
  const world = await withLetters(["Eve", "Eva"]);
  world.target.refuse = () => null;
  const { read } = world.source;
  world.source.read = async (ids, signal) =>
    (await read(ids, signal)).filter(({ id }) => id !== "Eve");

  const run = await retryAll(world);

  expect(run.state.kind).toBe("done");
  expect(run.counts).toMatchObject({ read: 1, created: 1 });
  expect(world.letters("open").map(({ key }) => key)).toEqual(["Eve"]);
});

test("a dead letter that was cleared away meanwhile holds up no other", async () => {
  const world = await withLetters(["Eve", "Eva"]);
  world.target.refuse = () => null;
  const letters = world.openLetters();
  const { id } = await world.queue({ kind: "retry", letters });
  world.memory.letters.delete(letters[0] ?? "");
  const run = await through(world, id, makeEngine(world.ports));
  expect(run.state.kind).toBe("done");
  expect(run.counts).toMatchObject({ read: 1, created: 1 });
});

test("a long retry that is cancelled ends with what is in hand", async () => {
  const world = await withMany(150);
  const send = world.target.send;
  let id: Run["id"] | undefined;
  world.target.send = async (request, signal) => {
    if (id !== undefined) await world.ports.runs.cancel(id, "U2", world.clock.now());
    // The heart finds the wish at its next beat; the fake clock moves when something sleeps.
    await world.clock.sleep(2_500, signal);
    return send(request, signal);
  };
  ({ id } = await world.queue({ kind: "retry", letters: world.openLetters() }));
  const run = await through(world, id, makeEngine(world.ports));
  expect(run.state).toEqual({ kind: "cancelled", by: "U2" });
  expect(run.counts).toMatchObject({ read: 100, created: 100 });
  expect(world.letters("open")).toHaveLength(50);
});

test("a form that was left empty chooses nothing", async () => {
  const world = makeWorld();
  world.target.put(person("Ada"));
  world.target.put(person("Ada"));
  world.source.put("a", person("Ada"));
  await perform(world);
  await correct(world, "a", { "@target": "" });
  await retryAll(world);
  expect(world.letters("open")).toMatchObject([{ problem: { code: "SEVERAL_MATCH" } }]);
});

/** A record that is linked, and whose change was refused. */
async function refusedChange() {
  const world = makeWorld();
  world.source.put("a", person("Ada"));
  await perform(world);
  world.source.put("a", person("Eve"));
  world.target.refuse = ({ name }) => (name === "Eve" ? sameName : null);
  await perform(world);
  return world;
}

test("a record's own place may be chosen for it, and a place that is not there costs it nothing", async () => {
  const world = await refusedChange();
  await correct(world, "a", { "@target": "t99" });
  await retryAll(world);
  expect(world.letters("open")).toMatchObject([{ direction: "write", problem: { code: "CHOSEN_IS_GONE" } }]); // prettier-ignore
  expect(world.links().get("a")?.id).toBe("t1");

  await correct(world, "a", { "@target": "t1", name: "Eva" });
  expect((await retryAll(world)).counts).toMatchObject({ updated: 1 });
  expect(world.target.rows.get("t1")?.fields["name"]).toBe("Eva");
});

test("a linked record that cannot be read any more is written once a person corrected it", async () => {
  const world = makeWorld();
  world.source.put("a", person("Ada"));
  await perform(world);
  const problem = { class: "invalid", field: "phone", code: "BAD_PHONE", message: "bad" } as const;
  world.source.put("a", person("Ada", { phone: "abc" }), [problem]);
  await perform(world);
  await correct(world, "a", { phone: "+331" });
  expect((await retryAll(world)).counts).toMatchObject({ updated: 1 });
  expect(world.target.rows.get("t1")?.fields["phone"]).toBe("+331");
});

test("what the flow leaves out by now is not written, corrected or not", async () => {
  const world = await withLetters(["Eve"]);
  world.target.refuse = () => null;
  await correct(world, "Eve", { name: "Eva" });
  const flow = world.flow();
  world.memory.flows.set(flow.name, { ...flow, where: { phone: { filled: true } } });
  expect((await retryAll(world)).counts).toMatchObject({ read: 1, filtered: 1, created: 0 });
  expect(world.target.live()).toEqual([]);
});

test("what a retry is refused says nothing against the mapping: the flow goes on", async () => {
  const world = await withMany(60);
  // All of them changed at their source, so that their contents are new.
  for (let n = 0; n < 60; n += 1) world.source.put(`P${n}`, person(`P${n}`, { phone: "+331" }));
  world.target.refuse = () => sameName;
  const run = await retryAll(world);
  expect(run.state).toEqual({ kind: "done" });
  expect(run.counts).toMatchObject({ read: 60, deadLettered: 60 });
  expect(world.flow().state.kind).toBe("on");
});

/** A record that is linked and was written over, whose change was refused and which the flow leaves out by now. */
async function writtenOver(upserts: boolean) {
  const world = await refusedChange();
  const { target, memory } = world;
  target.refuse = () => null;
  if (upserts) target.repeat = "upsert";
  const flow = world.flow();
  memory.flows.set(flow.name, { ...flow, where: { name: { not: "Eve" } } });
  const link = world.links().get("a");
  if (link) memory.links.get(flow.name)?.set("a", { ...link, hash: "" });
  target.edit("t1", person("Another"));
  return world;
}

test("what was written over gets back what it had, though a person tries what the flow leaves out by now", async () => {
  const world = await writtenOver(true);
  expect((await retryAll(world)).counts).toMatchObject({ read: 1, updated: 1 });
  expect(world.target.rows.get("t1")?.fields).toEqual(person("Ada"));

  // No tool but one that takes a record for the one it has writes over another's.
  const other = await writtenOver(false);
  expect((await retryAll(other)).counts).toMatchObject({ updated: 0, created: 0 });
  expect(other.target.rows.get("t1")?.fields).toEqual(person("Another"));
});

test("it gets that back in its own place, whatever was chosen for what it was to become", async () => {
  const world = await writtenOver(true);
  const chosen = world.target.put(person("Bob"));
  await correct(world, "a", { "@target": chosen });
  expect((await retryAll(world)).counts).toMatchObject({ read: 1, updated: 1 });
  expect(world.target.rows.get("t1")?.fields).toEqual(person("Ada"));
  expect(world.target.rows.get(chosen)?.fields).toEqual(person("Bob"));
});
