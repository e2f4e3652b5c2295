import fc from "fast-check";
import { expect, test } from "vitest";
import { lastSlot, nextSlot } from "#domain/slots.ts";

/** `ZONES=all npx vitest run --project rooms test/domain/slots.test.ts` takes every schedule to every edge. */
const thorough = process.env["ZONES"] === "all";
const zones = Intl.supportedValuesOf("timeZone");
const year = Temporal.Instant.from("2026-01-01T00:00:00Z");

type Edge = { zone: string; at: Temporal.Instant };

/** Each time that a zone changes its clocks within two years. */
const edges: readonly Edge[] = zones.flatMap((zone) => {
  const found: Edge[] = [];
  const end = year.add({ hours: 2 * 366 * 24 });
  for (let at = year; ;) {
    const next = at.toZonedDateTimeISO(zone).getTimeZoneTransition("next");
    if (next === null || Temporal.Instant.compare(next.toInstant(), end) > 0) return found;
    at = next.toInstant();
    found.push({ zone, at });
  }
});

type Times = { minutes: readonly number[]; hours: readonly number[] };
const cronOf = ({ minutes, hours }: Times): string => `${minutes.join()} ${hours.join()} * * *`;

/** What a person with a clock on the wall would do, minute by minute. */
function byTheClock({ minutes, hours }: Times, { zone, at }: Edge): string[] {
  const names = (wall: Temporal.PlainDateTime) =>
    minutes.includes(wall.minute) && hours.includes(wall.hour);
  const rung: string[] = [];
  let latest = at.subtract({ hours: 8 }).toZonedDateTimeISO(zone).toPlainDateTime();
  for (let passed = -8 * 60 + 1; passed <= 8 * 60; passed += 1) {
    const now = at.add({ minutes: passed });
    const wall = now.toZonedDateTimeISO(zone).toPlainDateTime();
    let rings = false;
    while (Temporal.PlainDateTime.compare(latest, wall) < 0) {
      latest = latest.add({ minutes: 1 });
      rings ||= names(latest);
    }
    if (rings) rung.push(now.toString());
  }
  return rung;
}

function slots(times: Times, { zone, at }: Edge): { forth: string[]; back: string[] } {
  const schedule = { cron: cronOf(times), zone };
  const [from, to] = [at.subtract({ hours: 8 }), at.add({ hours: 8 })];
  const forth: string[] = [];
  for (let slot = nextSlot(schedule, from); Temporal.Instant.compare(slot, to) <= 0; slot = nextSlot(schedule, slot)) forth.push(slot.toString()); // prettier-ignore
  const back: string[] = [];
  for (let slot = lastSlot(schedule, to); Temporal.Instant.compare(slot, from) > 0; slot = lastSlot(schedule, slot.subtract({ nanoseconds: 1 }))) back.unshift(slot.toString()); // prettier-ignore
  return { forth, back };
}

const some = (most: number) => fc.uniqueArray(fc.nat(most), { minLength: 1, maxLength: 4 });
const anyTimes = fc.oneof(
  fc.record({ minutes: some(59), hours: fc.constant([...Array(24).keys()]) }),
  fc.record({ minutes: some(59), hours: some(23) }),
  // Around the hours at which clocks are changed.
  fc.record({ minutes: some(59), hours: fc.uniqueArray(fc.constantFrom(22, 23, 0, 1, 2, 3, 4), { minLength: 1 }) }), // prettier-ignore
);

test("there are zones enough, and clocks that are changed", () => {
  expect(zones.length).toBeGreaterThan(400);
  expect(edges.length).toBeGreaterThan(300);
});

test("at every change of every zone's clocks a schedule comes once for each time on the wall", () => {
  fc.assert(
    fc.property(fc.constantFrom(...edges), anyTimes, (edge, times) => {
      const rung = byTheClock(times, edge);
      expect(slots(times, edge)).toEqual({ forth: rung, back: rung });
    }),
    { numRuns: thorough ? 3_000 : 60 },
  );
}, 1_800_000);

test("in every zone 02:30 and midnight come once a day, all year", () => {
  const days = thorough ? 730 : 8;
  for (const { zone, at } of thorough ? zones.map((zone) => ({ zone, at: year })) : edges)
    for (const cron of ["30 2 * * *", "0 0 * * *"]) {
      const from = thorough ? at : at.subtract({ hours: 96 });
      const dates: string[] = [];
      for (let slot = from; dates.length < days;) {
        slot = nextSlot({ cron, zone }, slot);
        dates.push(slot.toZonedDateTimeISO(zone).toPlainDate().toString());
      }
      const first = Temporal.PlainDate.from(dates[0] ?? "");
      expect([zone, cron, dates]).toEqual([zone, cron, dates.map((_, n) => first.add({ days: n }).toString())]); // prettier-ignore
    }
}, 600_000);

test.each([
  ["30 2 * * *", "Europe/Paris", "2026-03-29T00:00:00Z", "2026-03-29T01:00:00Z"],
  ["30 2 * * *", "Europe/Paris", "2026-10-25T00:00:00Z", "2026-10-25T00:30:00Z"],
  ["30 2 * * *", "Europe/Paris", "2026-10-25T00:30:00Z", "2026-10-26T01:30:00Z"],
  ["15 2 * * *", "Australia/Lord_Howe", "2026-10-03T12:00:00Z", "2026-10-03T15:30:00Z"],
  ["0 0 * * *", "America/Santiago", "2026-09-06T00:00:00Z", "2026-09-06T04:00:00Z"],
  ["0 9 29 2 *", "Asia/Tokyo", "2026-03-01T00:00:00Z", "2028-02-29T00:00:00Z"],
  ["0 9 29 2 *", "Asia/Tokyo", "2028-02-29T00:00:00Z", "2032-02-29T00:00:00Z"],
])("%s in %s after %s is %s", (cron, zone, after, expected) => {
  expect(nextSlot({ cron, zone }, Temporal.Instant.from(after)).toString()).toBe(expected);
  expect(lastSlot({ cron, zone }, Temporal.Instant.from(expected)).toString()).toBe(expected);
});
