import { CronExpressionParser } from "cron-parser";

/**
 * When a schedule comes: once for each time of the wall clock that it names. A time that the clocks leave
 * out in spring comes as they are put forward, one that they show twice in autumn comes the first time.
 * (Read in its zone, cron-parser 5.10 gives some of these twice, others half an hour late, and in zones
 * such as Australia/Lord_Howe finds nothing at all; so it only ever reads wall clocks.)
 */
export type Schedule = { cron: string; zone: string };

/** No zone puts its clocks forward or back by more. */
const mostHours = 3;

/** The first slot after an instant. @throws Error for what is no schedule */
export function nextSlot({ cron, zone }: Schedule, after: Temporal.Instant): Temporal.Instant {
  const slots = wallClocks(cron, wallClock(after, zone).subtract({ hours: mostHours }));
  for (;;) {
    const at = instantOf(plain(slots.next().getTime()), zone);
    if (Temporal.Instant.compare(at, after) > 0) return at;
  }
}

/** The last slot up to an instant, that one included. @throws Error for what is no schedule */
export function lastSlot({ cron, zone }: Schedule, until: Temporal.Instant): Temporal.Instant {
  const slots = wallClocks(cron, wallClock(until, zone).add({ hours: mostHours }));
  for (;;) {
    const at = instantOf(plain(slots.prev().getTime()), zone);
    if (Temporal.Instant.compare(at, until) <= 0) return at;
  }
}

/** As if the wall clock were in UTC, where no time is left out or comes twice. */
const wallClocks = (cron: string, from: Temporal.PlainDateTime) =>
  CronExpressionParser.parse(cron, {
    tz: "UTC",
    currentDate: from.toZonedDateTime("UTC").epochMilliseconds,
  });

const wallClock = (at: Temporal.Instant, zone: string): Temporal.PlainDateTime =>
  at.toZonedDateTimeISO(zone).toPlainDateTime();

const plain = (ms: number): Temporal.PlainDateTime =>
  wallClock(Temporal.Instant.fromEpochMilliseconds(ms), "UTC");

function instantOf(wall: Temporal.PlainDateTime, zone: string): Temporal.Instant {
  const at = wall.toZonedDateTime(zone, { disambiguation: "earlier" });
  if (at.toPlainDateTime().equals(wall)) return at.toInstant();
  return (at.getTimeZoneTransition("next") ?? at).toInstant();
}
