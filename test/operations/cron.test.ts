import { cronProblem, nextTime, zoneProblem } from "#operations/cron.ts";
import { looksSecret } from "#domain/looks-secret.ts";
import { nearest, listed } from "#operations/nearest.ts";
import { expect, test } from "vitest";

test.each(["*/15 * * * *", "0 7 * * 1-5", "0 9 * * MON-FRI", "30 6 1,15 * *", "0 0 29 2 *"])(
  "%s is a schedule",
  (cron) => {
    expect(cronProblem(cron)).toBeNull();
  },
);

test.each([
  ["* * *", "this has 3"],
  ["*/5 * * * * *", "this has 6"],
  ["@daily", "this has 1"],
  ["61 * * * *", "61 is not between 0 and 59"],
  ["0 24 * * *", "24 is not between 0 and 23"],
  ["H * * * *", "digits, *, /, comma, hyphen"],
  ["0 0 31 2 *", "this never comes"],
])("%s is not", (cron, reason) => {
  expect(cronProblem(cron)).toContain(reason);
});

const next = (cron: string, zone: string, after: string) =>
  nextTime(cron, zone, Temporal.Instant.from(after))?.toString();

test("the next time is of the wall clock of its zone, also where the clock is changed", () => {
  expect(next("0 7 * * *", "Europe/Paris", "2026-11-23T08:00:00Z")).toBe("2026-11-24T06:00:00Z");
  expect(next("0 7 * * *", "Europe/Paris", "2026-07-01T08:00:00Z")).toBe("2026-07-02T05:00:00Z");
  expect(next("30 1 * * *", "UTC", "2026-11-23T01:30:00Z")).toBe("2026-11-24T01:30:00Z");
});

test("a zone is one that everybody knows by name", () => {
  expect([zoneProblem("Europe/Paris"), zoneProblem("UTC")]).toEqual([null, null]);
  expect(zoneProblem("+01:00")).toContain("a time zone has a name such as Europe/Paris");
  expect(zoneProblem("Europe/Berlinn")).toContain("did you mean Europe/Berlin?");
});

test("secrets are recognised, names are not taken for them", () => {
  for (const secret of [
    "xoxb-123456789012-abcdef",
    "sk_live_abcdefgh1234",
    "9a8b7c6d5e4f3a2b1c0d9e8f7a6b5c4d",
    "eyJhbGciOiJIUzI1NiJ9.e30.abc",
    "AbC123dEf456GhI789jKl012MnO",
  ])
    expect(looksSecret(secret), secret).toBe(true);
  for (const name of [
    "customers-to-books",
    "CRM_TOKEN",
    "hubspot",
    "integration-of-the-customers-2026",
    "9341452900000000",
  ])
    expect(looksSecret(name), name).toBe(false);
});

test("the nearest is offered only where it is near", () => {
  const flows = ["customers-to-books", "deals-to-invoices"];
  expect(nearest("customers", flows)).toBe("customers-to-books");
  expect(nearest("Customer-to-Books", flows)).toBe("customers-to-books");
  expect(nearest("payroll", flows)).toBeNull();
  expect(listed(["a", "b", "c", "d", "e", "f"])).toBe("a, b, c, d and 2 more");
});
