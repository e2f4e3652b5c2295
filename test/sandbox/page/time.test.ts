import { clockTime, dayHeading, formatDate, relativeDay } from "#sandbox/slack/page/time.ts";
import { expect, test } from "vitest";

const ms = (instant: string) => Temporal.Instant.from(instant).epochMilliseconds;
const noon = ms("2026-11-23T12:00:00Z");

test("a time is told in the reader's zone", () => {
  const moment = ms("2026-11-23T23:30:00Z");
  expect(clockTime(moment, "Europe/Paris")).toBe("00:30");
  expect(clockTime(moment, "America/New_York")).toBe("18:30");
  expect(clockTime(moment, "No/Such_Zone")).toBe("23:30");
});

test("the same moment may be today for one and tomorrow for another", () => {
  const moment = ms("2026-11-23T23:30:00Z");
  expect(relativeDay(moment, "America/New_York", noon)).toBe("today");
  expect(relativeDay(moment, "Europe/Paris", noon)).toBe("tomorrow");
});

test("yesterday is right on the days when clocks change", () => {
  const zone = "Europe/Paris";
  // 25 October 2026 has 25 hours there, 29 March 2026 has 23.
  expect(relativeDay(ms("2026-10-24T22:30:00Z"), zone, ms("2026-10-26T22:30:00Z"))).toBe(
    "yesterday",
  );
  expect(relativeDay(ms("2026-10-24T12:00:00Z"), zone, ms("2026-10-26T22:30:00Z"))).toBeUndefined();
  expect(relativeDay(ms("2026-03-28T12:00:00Z"), zone, ms("2026-03-28T23:30:00Z"))).toBe(
    "yesterday",
  );
  expect(relativeDay(ms("2026-03-29T10:00:00Z"), zone, ms("2026-03-29T22:10:00Z"))).toBe(
    "yesterday",
  );
});

test("headings between days", () => {
  expect(dayHeading(noon, "UTC", noon)).toBe("Today");
  expect(dayHeading(ms("2026-11-20T12:00:00Z"), "UTC", noon)).toBe("Friday 20 November");
  expect(dayHeading(ms("2025-11-20T12:00:00Z"), "UTC", noon)).toBe("Thursday 20 November 2025");
});

test("Slack's date placeholders", () => {
  const unix = ms("2026-11-21T09:05:03Z") / 1000;
  const say = (format: string) => formatDate(unix, format, "UTC", noon);
  expect(say("{date_num} {time_secs}")).toBe("2026-11-21 09:05:03");
  expect(say("{date}")).toBe("November 21st, 2026");
  expect(say("{date_short}")).toBe("Nov 21, 2026");
  expect(say("{date_long}")).toBe("Saturday, November 21st, 2026");
  expect(say("{date_short_pretty} at {time}")).toBe("Nov 21, 2026 at 09:05");
  expect(say("since {ago}")).toBe("since 2 days ago");
  expect(say("{nonsense}")).toBe("{nonsense}");
});

test("pretty dates near today are words", () => {
  const unix = noon / 1000 - 86_400;
  expect(formatDate(unix, "{date_short_pretty} at {time}", "UTC", noon)).toBe("Yesterday at 12:00");
  expect(formatDate(unix, "since {date_pretty}", "UTC", noon)).toBe("since yesterday");
});

test("a moment beyond all calendars does not throw", () => {
  expect(formatDate(9_999_999_999_999, "{date}", "UTC", noon)).toBe("{date}");
});
