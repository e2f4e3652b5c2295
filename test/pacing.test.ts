import { expect, test } from "vitest";
import { isOpen, opensNext } from "#domain/window.ts";
import { makeEngine } from "#engine/engine.ts";
import { withinHours } from "../src/pacing.ts";
import { makeWorld, people, person } from "./support/memory/world.ts";

const night = { from: "22:00", to: "06:00", zone: "Europe/Paris" };
const at = (text: string) => Temporal.ZonedDateTime.from(`${text}[Europe/Paris]`).toInstant();

test.each([
  ["2026-11-25T21:59", false],
  ["2026-11-25T22:00", true],
  ["2026-11-26T03:00", true],
  ["2026-11-26T06:00", false],
])("at %s the hours of the night are on: %s", (text, open) => {
  expect(isOpen(night, at(text))).toBe(open);
  expect(isOpen({ ...night, from: "06:00", to: "22:00" }, at(text))).toBe(!open);
});

test.each([
  ["2026-11-25T12:00", "22:00", "2026-11-25T22:00"],
  ["2026-11-25T23:00", "22:00", "2026-11-26T22:00"],
  ["2027-03-27T12:00", "02:30", "2027-03-28T03:30"],
])("from %s hours that begin at %s begin at %s", (text, from, next) => {
  expect(opensNext({ ...night, from }, at(text))).toEqual(at(next));
});

test("a run outside its hours reads nothing and says until when it waits", async () => {
  const world = makeWorld({ window: { from: "00:00", to: "00:01", zone: "UTC" } });
  const { ports, clock } = world;
  const engine = makeEngine({ ...ports, openFlow: withinHours(ports.openFlow, clock) });
  for (const name of ["Ada", "Bo", "Cy"]) world.source.put(name, person(name));
  const { id } = await world.queue({ kind: "sync", full: true, approved: null });

  const first = await engine.perform(id);
  const waiting = (await ports.runs.get(id))?.state;
  expect(waiting).toMatchObject({
    kind: "waiting",
    reason: "people runs from 00:00 to 00:01, UTC; it goes on then",
  });
  expect(first.again?.toZonedDateTimeISO("UTC").toPlainTime().toString()).toBe("00:00:00");
  expect(await ports.incidents.open(people)).toEqual([]);
  expect(world.links().size).toBe(0);
});

test("a run that its hours end on stops between two pages and goes on where it was", async () => {
  const world = makeWorld({ window: { from: "07:00", to: "08:01", zone: "UTC" } });
  const { ports, clock, source } = world;
  const engine = makeEngine({ ...ports, openFlow: withinHours(ports.openFlow, clock) });
  const names = Array.from({ length: 6 }, (_, n) => `Person${n}`);
  for (const name of names) source.put(name, person(name));
  source.pageSize = 1;
  source.fault = () => clock.pass(25_000);
  const { id } = await world.queue({ kind: "sync", full: true, approved: null });

  const { again } = await engine.perform(id);
  expect(world.run(id).state.kind).toBe("waiting");
  const before = world.links().size;
  expect(before).toBeGreaterThan(0);
  expect(before).toBeLessThan(names.length);
  expect(again?.toString()).toBe("2026-11-24T07:00:00Z");

  clock.pass(23 * 3_600_000);
  await engine.perform(id);
  expect(world.run(id)).toMatchObject({ state: { kind: "done" }, counts: { created: 6 } });
  expect(await ports.incidents.open(people)).toEqual([]);
});
