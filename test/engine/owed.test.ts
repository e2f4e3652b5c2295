import { expect, test } from "vitest";
import type { Claimed } from "#engine/claimed.ts";
import { owed } from "#engine/owed.ts";
import { makeWorld, person, type World } from "../support/memory/world.ts";
import { perform } from "./performing.ts";

/** Two at the target are like her, so that nobody can say which she is: a person has to. */
async function ambiguous(): Promise<World> {
  const world = makeWorld();
  for (const name of ["Ada One", "Ada Two"])
    world.target.put(person(name, { email: "ada@example.com", notes: "theirs" }));
  world.source.put("ada", person("Ada"));
  await perform(world);
  expect(world.letters("open")).toMatchObject([{ problem: { class: "ambiguous_match" } }]);
  return world;
}

/** The flow that comes back has found out, and leaves the rest to this one. */
function linkedFromThere(world: World): void {
  const [first] = world.target.live();
  const link = { key: "ada", id: first?.id ?? "", version: null, hash: "", base: {}, back: null };
  world.links().set("ada", link);
}

test("what could not be matched is written once the other side has linked it", async () => {
  const world = await ambiguous();
  expect((await perform(world)).counts).toMatchObject({ read: 0 });
  linkedFromThere(world);
  expect((await perform(world)).counts).toMatchObject({ read: 1, updated: 1, deadLettered: 0 });
  expect(world.letters("open")).toEqual([]);
  expect(world.target.live().map(({ fields }) => fields["name"])).toEqual(["Ada", "Ada Two"]);
});

test("what a person has corrected, or a tool refused, waits for that person all the same", async () => {
  const world = await ambiguous();
  linkedFromThere(world);
  const [letter] = world.letters("open");
  if (letter === undefined) throw new Error("nothing waits");
  const entry = { at: world.clock.now(), by: "U1", what: "corrected" };
  await world.ports.letters.edit(letter.id, letter.version, person("Ada L."), entry);
  expect((await perform(world)).counts).toMatchObject({ read: 0 });
  expect(world.letters("open")).toHaveLength(1);

  world.source.put("bob", person("Bob", { phone: "abc" }));
  world.target.refuse = () => ({
    class: "invalid",
    field: "phone",
    code: "BAD_PHONE",
    message: "bad",
  });
  await perform(world);
  const bob = { key: "bob", id: "t-bob", version: null, hash: "", base: {}, back: null };
  world.links().set("bob", bob);
  expect((await perform(world)).counts).toMatchObject({ read: 0 });
});

test("what somebody is retrying just now is left to that", async () => {
  const world = await ambiguous();
  linkedFromThere(world);
  const ids = world.letters("open").map(({ id }) => id);
  await world.ports.runs.retry(world.flow().name, ids, "U1", world.clock.now());
  expect((await perform(world)).counts).toMatchObject({ read: 0 });
  expect(world.letters("retrying")).toHaveLength(1);
});

test("however many are owed, each is handled once", async () => {
  const world = makeWorld();
  for (let n = 0; n < 201; n += 1) world.source.put(`k${n}`, person(`P${n}`));
  await perform(world);
  for (const [key, link] of world.links()) world.links().set(key, { ...link, hash: "" });
  expect((await perform(world)).counts).toMatchObject({ read: 201, updated: 201 });
  expect((await perform(world)).counts).toMatchObject({ read: 0 });
});

test("whoever ends the run is not kept waiting until all of it is read", async () => {
  const world = makeWorld();
  const over = new AbortController();
  const keys = Array.from({ length: 100 }, (_, n) => `k${n}`);
  const asked: (string | null)[] = [];
  const ledger: Parameters<typeof owed>[0]["ledger"] = {
    ...world.ports.ledger,
    owed(_flow, after) {
      if (asked.push(after) === 2) over.abort(new Error("cancelled"));
      return Promise.resolve(keys);
    },
  };
  const claimed = { flow: world.flow(), ends: { source: world.source }, stop: over.signal };
  const read = owed({ ledger }, claimed as unknown as Claimed);
  await expect(Array.fromAsync(read)).rejects.toThrow("cancelled");
  expect(asked).toEqual([null, "k99"]);
});
