import { expect, test } from "vitest";
import type { Fields } from "#domain/fields.ts";
import type { Problem } from "#domain/problem.ts";
import { makeWorld, person } from "../support/memory/world.ts";
import { everything, perform } from "./performing.ts";

const badPhone: Problem = {
  class: "invalid",
  field: "phone",
  code: "BAD_PHONE",
  message: '"abc" is not a phone number',
};
const sameName: Problem = {
  class: "rejected",
  field: "name",
  code: "6240",
  message: "Duplicate Name Exists",
};
const noEve = (fields: Fields): Problem | null => (fields["name"] === "Eve" ? sameName : null);

test("a record the target refuses becomes a dead letter with its bytes; the rest is written", async () => {
  const world = makeWorld();
  for (const name of ["Ada", "Eve", "Bob"]) world.source.put(name, person(name));
  world.target.refuse = noEve;

  const run = await perform(world);

  expect(run.state.kind).toBe("done");
  expect(run.counts).toMatchObject({ read: 3, created: 2, deadLettered: 1 });
  const [letter] = world.letters();
  expect(letter).toMatchObject({ key: "Eve", direction: "write", problem: sameName, attempts: 1 });
  expect(JSON.parse(new TextDecoder().decode(letter?.raw))).toMatchObject({ id: "Eve" });
  expect(world.links().has("Eve")).toBe(false);
});

test("a refused record is never seen: the next full run tries it again and settles its letter", async () => {
  const world = makeWorld();
  world.source.put("Eve", person("Eve"));
  world.target.refuse = noEve;
  await perform(world);
  await perform(world, everything);
  expect(world.letters().map(({ attempts, state }) => [attempts, state.kind])).toEqual([
    [2, "open"],
  ]);

  world.target.refuse = () => null;
  const run = await perform(world, everything);

  expect(run.counts.created).toBe(1);
  expect(world.letters("written").length).toBe(1);
});

test("a value that is not what its field takes goes to a dead letter, unless the flow has no use for it", async () => {
  const world = makeWorld();
  world.source.put("a", person("Ada", { phone: "abc" }), [badPhone]);
  world.source.put("b", person("Bob", { mobile: "abc" }), [{ ...badPhone, field: "mobile" }]);

  const run = await perform(world);

  expect(run.counts).toMatchObject({ created: 1, deadLettered: 1 });
  expect(world.letters()[0]).toMatchObject({ key: "a", direction: "read", problem: badPhone });
});

test("a problem with a mapped field is named as the target's field is", async () => {
  const world = makeWorld({ map: { phone: "mobile" } });
  world.source.put("b", person("Bob", { mobile: "abc" }), [{ ...badPhone, field: "mobile" }]);

  await perform(world);

  expect(world.letters()[0]).toMatchObject({
    problem: { field: "phone" },
    fields: { name: "Bob", phone: "abc" },
  });
});

test("what a person discarded stays out as it is, and is tried again when it changes", async () => {
  const world = makeWorld();
  world.source.put("Eve", person("Eve"));
  world.target.refuse = noEve;
  await perform(world);
  const [letter] = world.letters();
  if (letter !== undefined)
    await world.ports.letters.discard(letter.id, "U1", "not ours", world.clock.now());

  expect((await perform(world, everything)).counts).toMatchObject({ read: 1, filtered: 1 });

  world.source.put("Eve", person("Eva"));
  expect((await perform(world)).counts).toMatchObject({ read: 1, created: 1 });
});

test("the dead letters of one cause are one incident, told once and closed when they are gone", async () => {
  const world = makeWorld();
  for (const name of ["Eve1", "Eve2", "Ada"]) world.source.put(name, person(name));
  world.target.refuse = ({ name }) => (String(name).startsWith("Eve") ? sameName : null);
  await perform(world);

  const [incident, ...others] = await world.ports.incidents.open();
  expect(others).toEqual([]);
  expect(incident).toMatchObject({ open: 2, subject: { kind: "cause", object: "customers" } });
  expect(world.memory.told).toContainEqual({ kind: "incident", id: incident?.id });

  world.target.refuse = () => null;
  await perform(world, everything);
  expect(await world.ports.incidents.open()).toEqual([]);
});

test("where nearly everything is refused the flow pauses, with few dead letters and the rest unread", async () => {
  const world = makeWorld();
  world.source.pageSize = 400;
  world.target.batch = 200;
  for (let n = 0; n < 1_000; n += 1) world.source.put(`k${n}`, person(`P${n}`));
  world.target.refuse = () => sameName;

  const run = await perform(world);

  expect(run.state.kind).toBe("failed");
  expect(world.letters().length).toBeGreaterThan(0);
  expect(world.letters().length).toBeLessThanOrEqual(50);
  expect(run.counts.read).toBe(world.letters().length);
  expect(world.memory.checkpoints.size).toBe(0);
  expect(world.flow().state).toMatchObject({ kind: "paused", held: false });
  const systemic = (await world.ports.incidents.open()).filter(
    ({ subject }) => subject.kind === "systemic",
  );
  expect(systemic).toMatchObject([{ subject: { error: "MappingBroken" } }]);
});

test("more than half of fifty refused for one reason is a broken mapping as well", async () => {
  const world = makeWorld();
  for (let n = 0; n < 200; n += 1) world.source.put(`k${n}`, person(`P${n}`));
  world.target.refuse = ({ name }) => (Number(String(name).slice(1)) % 3 > 0 ? sameName : null);

  const run = await perform(world);

  expect(run.state.kind).toBe("failed");
  expect(run.counts.read).toBeLessThan(100);
  expect(world.letters().length).toBeLessThanOrEqual(50);
});

test("old dead letters that are refused once more do not speak against the mapping", async () => {
  const world = makeWorld();
  for (let n = 0; n < 25; n += 1) world.source.put(`e${n}`, person(`Eve${n}`));
  world.source.put("a", person("Ada"));
  world.target.refuse = ({ name }) => (String(name).startsWith("Eve") ? sameName : null);
  world.source.rows.delete("a");
  // Refused a few at a time, so that no single run has twenty.
  const rows = [...world.source.rows.values()];
  world.source.rows.clear();
  for (const row of rows) {
    world.source.rows.set(row.id, row);
    if (world.source.rows.size % 10 === 0) await perform(world);
  }
  await perform(world);
  expect(world.letters().length).toBe(25);

  expect((await perform(world, everything)).state.kind).toBe("done");
});

test("what could not be read before, and still cannot, does not speak against the mapping either", async () => {
  const world = makeWorld();
  for (let n = 0; n < 60; n += 1) {
    world.source.put(`e${n}`, person(`Eve${n}`, { phone: "abc" }), [badPhone]);
    // A few at a time, beside some that are well.
    for (const m of [0, 1]) world.source.put(`a${n}x${m}`, person(`Ada${n}x${m}`));
    if (n % 10 === 9) expect((await perform(world)).state.kind).toBe("done");
  }
  world.source.rows.forEach((_row, id) => id.startsWith("a") && world.source.rows.delete(id));

  const run = await perform(world, everything);

  expect(run.state.kind).toBe("done");
  expect(run.counts).toMatchObject({ read: 60, deadLettered: 60 });
  // The same from records that nobody has seen before would.
  for (let n = 0; n < 60; n += 1) world.source.put(`f${n}`, person(`F${n}`, { phone: "abc" }), [badPhone]); // prettier-ignore
  expect((await perform(world)).state.kind).toBe("failed");
});

test("nor does what waits for a person because nobody can tell whether it was written", async () => {
  const world = makeWorld({ match: [] });
  world.target.repeat = "nothing";
  world.target.batch = 1;
  for (let n = 0; n < 30; n += 1) world.source.put(`k${n}`, person(`P${n}`));
  let sends = 0;
  // Each second answer is lost, so that no twenty are refused in a row.
  world.target.fault = () => ((sends += 1) % 2 === 0 ? "lost after" : "none");
  await perform(world);
  for (let n = 30; n < 60; n += 1) world.source.put(`k${n}`, person(`P${n}`));
  await perform(world);
  const inDoubt = world.letters("open").map(({ key }) => key);
  expect(inDoubt.length).toBeGreaterThan(25);
  world.target.fault = () => "none";
  for (const key of inDoubt) world.source.put(key, person(key));

  const run = await perform(world);

  expect(run.state.kind).toBe("done");
  expect(run.counts).toMatchObject({ read: inDoubt.length, deadLettered: inDoubt.length });
});
