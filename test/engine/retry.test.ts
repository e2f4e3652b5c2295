import { expect, test } from "vitest";
import { SignInAgain, Unavailable } from "#domain/errors.ts";
import type { Problem } from "#domain/problem.ts";
import { makeEngine } from "#engine/engine.ts";
import { makeWorld, person } from "../support/memory/world.ts";
import { correct, retryAll, withLetters } from "./correcting.ts";
import { everything, perform, through } from "./performing.ts";

test("a corrected record is written, and the next full run finds it unchanged", async () => {
  const world = await withLetters(["Eve"]);
  await correct(world, "Eve", { name: "Eve of Books" });

  const run = await retryAll(world);

  expect(run.counts).toMatchObject({ read: 1, created: 1 });
  expect(world.target.live()[0]?.fields["name"]).toBe("Eve of Books");
  expect(world.letters()[0]?.state).toMatchObject({ kind: "written", by: "U1" });
  expect((await perform(world, everything)).counts).toMatchObject({ read: 1, unchanged: 1 });
});

test("what is refused again is open again, with its correction", async () => {
  const world = await withLetters(["Eve", "Eva"]);
  await correct(world, "Eve", { name: "Eva" });

  const run = await retryAll(world);

  expect(run.counts).toMatchObject({ read: 2, deadLettered: 2 });
  const letter = world.letters().find(({ key }) => key === "Eve");
  expect(letter).toMatchObject({ state: { kind: "open" }, attempts: 2, fields: { name: "Eve" } });
  expect(letter?.edited?.["name"]).toBe("Eva");
});

test("a record that changed at its source goes its own way: the letter is superseded, or takes the new content", async () => {
  const world = await withLetters(["Eve", "Eva"]);
  await correct(world, "Eve", { name: "Corrected" });
  await correct(world, "Eva", { name: "Corrected too" });
  world.source.put("Eve", person("Evelyn"));
  world.source.put("Eva", person("Eve", { phone: "+33170189900" }));

  const run = await retryAll(world);

  expect(run.counts).toMatchObject({ read: 2, created: 1, deadLettered: 1 });
  expect(world.target.live()[0]?.fields["name"]).toBe("Evelyn");
  expect(world.letters().find(({ key }) => key === "Eve")?.state.kind).toBe("superseded");
  expect(world.letters().find(({ key }) => key === "Eva")).toMatchObject({
    state: { kind: "open" },
    fields: { name: "Eve", phone: "+33170189900" },
    edited: null,
  });
});

test("a record that is gone at its source supersedes its letter", async () => {
  const world = await withLetters(["Eve"]);
  world.source.remove("Eve");

  expect((await retryAll(world)).counts).toMatchObject({ read: 1, filtered: 1 });
  expect(world.letters()[0]?.state.kind).toBe("superseded");
});

test("a value that could not be read is written once a person corrected it", async () => {
  const world = makeWorld();
  const problem: Problem = { class: "invalid", field: "phone", code: "BAD_PHONE", message: "bad" };
  world.source.put("a", person("Ada", { phone: "abc" }), [problem]);
  await perform(world);
  expect((await retryAll(world)).counts.deadLettered).toBe(1);

  await correct(world, "a", { phone: "+33170189900" });

  expect((await retryAll(world)).counts).toMatchObject({ read: 1, created: 1 });
  expect(world.target.live()[0]?.fields["phone"]).toBe("+33170189900");
});

test("of several candidates the chosen one is linked and updated", async () => {
  const world = makeWorld();
  world.target.put(person("Ada"));
  const chosen = world.target.put(person("Ada", { phone: "+33170189900" }));
  world.source.put("a", person("Ada", { phone: "+33170189901" }));
  await perform(world);
  await correct(world, "a", { "@target": chosen });

  const run = await retryAll(world);

  expect(run.counts).toMatchObject({ read: 1, updated: 1 });
  expect(world.links().get("a")?.id).toBe(chosen);
  expect(world.target.rows.get(chosen)?.fields).toEqual(person("Ada", { phone: "+33170189901" }));
});

test("one that is none of the candidates gets a record of its own, and keeps it", async () => {
  const world = makeWorld();
  world.target.put(person("Ada"));
  world.target.put(person("Ada", { phone: "+33170189900" }));
  world.source.put("a", person("Ada", { phone: "+33170189901" }));
  await perform(world);
  await correct(world, "a", { "@target": "@separate" });

  expect((await retryAll(world)).counts).toMatchObject({ read: 1, created: 1, deadLettered: 0 });
  expect(world.links().get("a")?.id).toBe("t3");
  expect(world.target.rows.get("t3")?.fields).toEqual(person("Ada", { phone: "+33170189901" }));
  world.source.put("a", person("Ada", { phone: "+33170189902" }));
  expect((await perform(world)).counts).toMatchObject({ updated: 1, created: 0 });
});

test("whether one that is to be kept apart was written is not told by what is like it", async () => {
  const world = makeWorld();
  world.target.repeat = "lookup";
  world.target.put(person("Ada"));
  world.target.put(person("Ada"));
  world.source.put("a", person("Ada"));
  await perform(world);
  await correct(world, "a", { "@target": "@separate" });
  world.target.fault = () => "lost after";

  await retryAll(world);
  expect(world.letters("open")[0]?.problem).toMatchObject({ class: "ambiguous_write" });
  expect(world.target.live()).toHaveLength(3);
});

test("nobody may choose a record that is linked to another, or gone", async () => {
  const world = makeWorld();
  world.source.put("o", person("Owner"));
  await perform(world);
  world.target.put(person("Ada"));
  world.target.put(person("Ada"));
  world.source.put("a", person("Ada"));
  await perform(world);
  for (const [choice, code] of [
    ["t1", "ALREADY_LINKED"],
    ["t99", "CHOSEN_IS_GONE"],
  ] as const) {
    await correct(world, "a", { "@target": choice });
    expect((await retryAll(world)).counts.deadLettered).toBe(1);
    expect(world.letters()[0]?.problem.code).toBe(code);
  }
});

test("a retry never creates a second one: what is there already is matched first", async () => {
  const world = await withLetters(["Eve"]);
  world.target.refuse = () => null;
  const there = world.target.put(person("Eve", { phone: "+33170189900" }));

  await retryAll(world);

  expect(world.target.live().length).toBe(1);
  expect(world.links().get("Eve")?.id).toBe(there);
});

test("while a retry waits its letters stay taken; when it fails they are open again", async () => {
  const world = await withLetters(["Eve"]);
  const letters = world.openLetters();
  const engine = makeEngine(world.ports);
  const { id } = await world.queue({ kind: "retry", letters });
  world.source.fault = () => {
    throw new Unavailable("CRM does not answer");
  };
  const { again } = await engine.perform(id);
  expect(again).not.toBeNull();
  expect(world.letters("retrying").length).toBe(1);

  world.source.fault = () => {
    throw new SignInAgain("sign in to CRM again");
  };
  world.clock.pass(3_600_000);
  await engine.perform(id);
  expect(world.run(id).state.kind).toBe("failed");
  expect(world.letters("open").length).toBe(1);
});

test("a retry that was cancelled before it began gives its letters back", async () => {
  const world = await withLetters(["Eve"]);
  const letters = world.openLetters();
  const { id } = await world.queue({ kind: "retry", letters });
  await world.ports.runs.cancel(id, "U2", world.clock.now());

  expect(await makeEngine(world.ports).perform(id)).toEqual({ again: null, woken: [] });
  expect(world.letters("open").length).toBe(1);
});

test("a retry that was cancelled after its worker died writes nothing more", async () => {
  const world = await withLetters(["Eve"]);
  const { id } = await world.queue({ kind: "retry", letters: world.openLetters() });
  const dead = await world.ports.runs.claim(id, world.clock.now(), 15_000);
  await world.ports.runs.turn(id, dead?.epoch ?? 0, { kind: "running" }, world.clock.now());
  await world.ports.runs.cancel(id, "U2", world.clock.now());
  world.target.refuse = () => null;
  world.clock.pass(60_000);

  const run = await through(world, id, makeEngine(world.ports));

  expect(run.state).toEqual({ kind: "cancelled", by: "U2" });
  expect(world.target.live()).toEqual([]);
  expect(world.letters("open").length).toBe(1);
});

test("dead letters of a paused flow may be retried, and its incident stays", async () => {
  const world = await withLetters(["Eve"]);
  const at = world.clock.now();
  await world.ports.registry.turnFlow(world.flow().name, {
    kind: "paused",
    reason: "sign in",
    held: false,
    by: "Tieline",
    at,
  });
  await world.ports.incidents.raise(world.flow().name, "SignInAgain", "sign in", at);
  world.target.refuse = () => null;

  expect((await retryAll(world)).counts.created).toBe(1);
  const open = await world.ports.incidents.open();
  expect(open).toMatchObject([{ subject: { kind: "systemic" } }]);
});

test("a letter that a sync has settled meanwhile is not written again", async () => {
  const world = await withLetters(["Eve"]);
  const { id } = await world.queue({ kind: "retry", letters: world.openLetters() });
  world.target.refuse = () => null;
  await perform(world, everything);
  expect(world.letters("written").length).toBe(1);
  world.source.fault = () => {
    throw new Error("asked for nothing");
  };

  const run = await through(world, id, makeEngine(world.ports));

  expect(run.state.kind).toBe("done");
  expect(run.counts.read).toBe(0);
  expect(world.target.live().length).toBe(1);
});
