import { expect, test } from "vitest";
import type { Foreseen } from "#domain/ports/engine.ts";
import type { Problem } from "#domain/problem.ts";
import { makeEngine } from "#engine/engine.ts";
import { makeWorld, person, type World } from "../support/memory/world.ts";
import { everything, perform } from "./performing.ts";

async function preview(world: World): Promise<Foreseen[]> {
  const seen: Foreseen[] = [];
  const signal = new AbortController().signal;
  for await (const page of makeEngine(world.ports).preview(world.flow(), signal))
    seen.push(...page);
  return seen;
}

test("a preview says what a full run would do, record by record, and writes nothing", async () => {
  const problem: Problem = { class: "invalid", field: "phone", code: "BAD_PHONE", message: "bad" };
  const world = makeWorld({ deletes: "archive", where: { currency: "EUR" } });
  const euro = (name: string, more = {}) => person(name, { currency: "EUR", ...more });
  for (const name of ["Same", "Changed", "Gone"]) world.source.put(name, euro(name));
  await perform(world);
  world.target.put(euro("Twin"));
  world.target.put(euro("Twin"));
  world.source.put("Changed", euro("Changed", { phone: "+33170189900" }));
  world.source.remove("Gone");
  world.source.put("New", euro("New"));
  world.source.put("Twin", euro("Twin"));
  world.source.put("Bad", euro("Bad", { phone: "abc" }), [problem]);
  world.source.put("Dollar", person("Dollar", { currency: "USD" }));
  const before = JSON.stringify([[...world.links()], [...world.target.rows]]);
  const sent = world.target.sent.length;

  const seen = await preview(world);

  expect(Object.fromEntries(seen.map(({ key, kind }) => [key, kind]))).toEqual({
    Same: "unchanged",
    Changed: "update",
    Gone: "delete",
    New: "create",
    Twin: "conflict",
    Bad: "invalid",
    Dollar: "filtered",
  });
  expect(seen.find(({ key }) => key === "Changed")).toMatchObject({
    from: { name: "Changed" },
    fields: { phone: "+33170189900" },
  });
  expect(JSON.stringify([[...world.links()], [...world.target.rows]])).toBe(before);
  expect(world.target.sent.length).toBe(sent);

  const run = await perform(world, everything);
  expect(run.counts).toMatchObject({
    created: 1,
    updated: 1,
    unchanged: 1,
    filtered: 1,
    deleted: 1,
    deadLettered: 2,
  });
});

test("what only asking for each record shows is foreseen too: deletes, and partners that are gone", async () => {
  const world = makeWorld({ deletes: "archive" });
  for (const name of ["Ann", "Bob", "Cid"]) world.source.put(name, person(name));
  await perform(world);
  world.source.sweeps = "full_read";
  world.source.showsGone = false;
  world.source.doubles = true;
  world.source.remove("Ann");
  const idOf = (name: string) => world.links().get(name)?.id ?? "";
  world.target.archive(idOf("Bob"));
  world.source.put("Bob", person("Bob", { phone: "+33170189900" }));
  world.source.put("Cid", person("Cid", { phone: "+33170189901" }));

  const seen = await preview(world);

  expect(seen.map(({ key, kind }) => `${key} ${kind}`).toSorted()).toEqual([
    "Ann delete",
    "Bob create",
    "Bob unchanged",
    "Cid unchanged",
    "Cid update",
  ]);
  const run = await perform(world, everything);
  expect(run.counts).toMatchObject({ read: 5, created: 1, updated: 1, unchanged: 2, deleted: 1 });
});
