import { expect, test } from "vitest";
import { testsOf, type Test } from "#domain/condition.ts";
import type { Plain } from "#domain/fields.ts";
import { makeWorld, person } from "../support/memory/world.ts";
import { changes, perform } from "./performing.ts";

// 01:30 on the 24th in Paris.
const moment = { now: Temporal.Instant.from("2026-11-24T00:30:00Z"), zone: "Europe/Paris" };
const holds = (asked: Plain | Test, value: Plain | undefined): boolean =>
  testsOf({ field: asked }, moment).every(([, test]) => test(value));

test.each<[Plain | Test, readonly (Plain | undefined)[], readonly (Plain | undefined)[]]>([
  ["won", ["won"], ["lost", null, undefined]],
  [null, [null, undefined, ""], ["x"]],
  [{ not: "lost" }, ["won", null], ["lost"]],
  [{ not: ["lost", null] }, ["won"], ["lost", null, undefined]],
  [{ any: ["open", "won"] }, ["open", "won"], ["lost", null]],
  [{ more_than: "1000" }, ["1000.01", "12345678901234567890.1"], ["1000", "999.99", "-2000", null]],
  [{ less_than: "-0.5" }, ["-0.51", "-10"], ["-0.5", "0", null]],
  [{ before: "today" }, ["2026-11-23", "2026-11-23T22:59:59Z"], ["2026-11-24", "2026-11-23T23:00:00Z", null]],
  [{ after: "today" }, ["2026-11-25", "2026-11-24T23:00:00Z"], ["2026-11-24", "2026-11-24T22:59:59Z", null]],
  [{ before: { today: -7 } }, ["2026-11-16"], ["2026-11-17"]],
  [{ after: "2026-01-01" }, ["2026-01-02"], ["2026-01-01", ""]],
  [{ after: "2026-01-01T09:00:00Z" }, ["2026-01-01T09:00:00.5Z"], ["2026-01-01T09:00:00Z"]],
  [{ after: "2026-01-01", before: "2026-01-03" }, ["2026-01-02"], ["2026-01-03"]],
  [{ filled: true }, ["x", false], [null, "", undefined]],
  [{ empty: true }, [null, "", undefined], ["x", false]],
])("%j is true of %j and not of %j", (asked, good, bad) => {
  for (const value of good) expect(holds(asked, value), String(value)).toBe(true);
  for (const value of bad) expect(holds(asked, value), String(value)).toBe(false);
}); // prettier-ignore

const hour = 3_600_000;

test("what time makes true is found the next day though nobody touched the record, and read once a day", async () => {
  // The fake clock begins at 08:00Z on the 23rd: the 23rd in Paris ends 15 hours later.
  const world = makeWorld({
    where: { birthday: { before: "today" } },
    trigger: { kind: "cron", cron: "0 * * * *", zone: "Europe/Paris" },
  });
  world.source.put("early", person("Early", { birthday: "2026-11-22" }));
  world.source.put("late", person("Late", { birthday: "2026-11-23" }));
  expect((await perform(world)).counts).toMatchObject({ read: 2, created: 1, filtered: 1 });
  world.clock.pass(14 * hour);
  expect((await perform(world)).counts.read).toBe(0);

  world.clock.pass(2 * hour);
  expect((await perform(world)).counts).toMatchObject({ read: 2, created: 1, unchanged: 1 });
  expect((await perform(world)).counts.read).toBe(0);
});

test("a read for the day that breaks off goes on where it was, and past midnight is made again", async () => {
  const world = makeWorld({ where: { birthday: { before: "today" } } });
  for (let n = 0; n < 25; n += 1) world.source.put(`k${n}`, person(`P${n}`, { birthday: "2026-11-23" })); // prettier-ignore
  let pages = 0;
  world.source.fault = () => {
    pages += 1;
    if (pages === 2) world.clock.pass(20 * hour);
  };
  const first = await perform(world, changes);
  expect(first.counts).toMatchObject({ read: 25, filtered: 25 });

  const second = await perform(world, changes);

  expect(second.counts).toMatchObject({ read: 25, created: 25 });
});

test("a flow without a day in its filter reads nothing twice", async () => {
  const world = makeWorld({ where: { birthday: { after: "2026-01-01" } } });
  world.source.put("a", person("Ada", { birthday: "2026-11-23" }));
  await perform(world);
  world.clock.pass(48 * hour);
  expect((await perform(world)).counts.read).toBe(0);
});
