import { expect, test } from "vitest";
import type { Target } from "#domain/ports/tools.ts";
import { makeEngine } from "#engine/engine.ts";
import type { World } from "../support/memory/world.ts";
import { correct, retryAll, withLetters } from "./correcting.ts";
import { changes, everything, perform } from "./performing.ts";

const bulk = { kind: "retry", letters: [], bulk: { incident: null, taken: 0 } } as const;
const repeats = ["request_id", "upsert", "lookup"] as const;

/** Eve is sent with what a person made of her, and the retry is cancelled before the tool answers. */
async function cancelled(repeat: Target["repeat"], corrected: string | null = "Eva") {
  const world = await withLetters(["Eve"]);
  const { target, clock, ports } = world;
  Object.assign(target, { repeat });
  if (corrected === null) target.refuse = () => null;
  else await correct(world, "Eve", { name: corrected });
  const { id } = await world.queue(bulk);
  const { send } = target;
  target.send = async (...given) => {
    const sent = await send(...given);
    await ports.runs.cancel(id, "U3", clock.now());
    await clock.sleep(60_000, given[1]);
    return sent;
  };
  await makeEngine(ports).perform(id);
  target.send = send;
  expect(world.letters("open")).toHaveLength(1);
  expect(world.memory.intents).toHaveLength(1);
  return world;
}

const there = (world: World) => world.target.live().map(({ fields }) => fields["name"]);
const said = (world: World) => world.letters()[0]?.history.map(({ what }) => what);

test.each(repeats)("%s: what was corrected after it was sent goes on waiting, and is written when it is asked for", async (repeat) => {
  const world = await cancelled(repeat);
  await correct(world, "Eve", { name: "Evita" });
  await perform(world, changes);
  expect(there(world)).toEqual(["Eva"]);
  expect(world.letters("open")).toMatchObject([{ edited: { name: "Evita" } }]);
  expect(said(world)?.at(-1)).toBe("Written as it was before it was corrected");
  expect(world.links().get("Eve")?.base).toMatchObject({ name: "Eva" });

  expect((await retryAll(world)).counts).toMatchObject({ read: 1, updated: 1 });
  expect(there(world)).toEqual(["Evita"]);
  expect(world.letters("written")).toHaveLength(1);
  expect((await perform(world, everything)).counts).toMatchObject({ read: 1, unchanged: 1 });
}); // prettier-ignore

test.each(repeats)("%s: the retry that finds it out writes the correction in the same breath", async (repeat) => {
  const world = await cancelled(repeat, null);
  await correct(world, "Eve", { name: "Evita" });
  const run = await retryAll(world);
  expect(run.counts).toMatchObject({ created: 1, updated: 1 });
  expect(there(world)).toEqual(["Evita"]);
  expect(world.letters("written")).toHaveLength(1);
}); // prettier-ignore

test("a sync that would write what its source has leaves the correction to a person, where that is refused still", async () => {
  const world = await cancelled("request_id");
  await correct(world, "Eve", { name: "Evita" });
  await perform(world, everything);
  expect(there(world)).toEqual(["Eva"]);
  expect(world.letters("open")).toMatchObject([{ edited: { name: "Evita" } }]);
});

test("corrected to what it was already, it was written", async () => {
  const world = await cancelled("request_id");
  await correct(world, "Eve", { name: "Eva" });
  await perform(world, changes);
  expect(world.letters("written")).toHaveLength(1);
});

test("discarded after it was sent, it stays so, and nothing more of it is written", async () => {
  const world = await cancelled("request_id");
  const [letter] = world.openLetters();
  if (letter !== undefined) await world.ports.letters.discard(letter, "U1", "", world.clock.now());
  await perform(world, everything);
  await perform(world, everything);
  expect(world.letters("discarded")).toHaveLength(1);
  expect(world.target.live()).toMatchObject([{ version: "1" }]);
});

test("discarded after it was corrected, it is left as it was sent", async () => {
  const world = await cancelled("upsert");
  await correct(world, "Eve", { name: "Evita" });
  await perform(world, changes);
  const [letter] = world.openLetters();
  if (letter !== undefined) await world.ports.letters.discard(letter, "U1", "", world.clock.now());
  const before = world.target.live();
  expect((await perform(world, changes)).counts.read).toBe(0);
  expect(world.target.live()).toEqual(before);
});

test("nothing: what nobody can tell waits for a person with what they made of it", async () => {
  const world = await cancelled("request_id");
  Object.assign(world.target, { repeat: "nothing" });
  await correct(world, "Eve", { name: "Evita" });
  await perform(world, changes);
  expect(world.letters("open")).toMatchObject([{ edited: { name: "Evita" }, problem: { class: "ambiguous_write" } }]); // prettier-ignore
});
