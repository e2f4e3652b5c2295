const ZONE = "America/Chicago";
const HOUR = 3_600_000;

let known = { hour: -1, ms: 0, text: "" };

/** The offset changes on a full hour at most, so it is looked up once an hour of time. */
function offsetAt(at: number): { ms: number; text: string } {
  const hour = Math.floor(at / HOUR);
  if (hour !== known.hour) {
    const zoned = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(ZONE);
    known = { hour, ms: zoned.offsetNanoseconds / 1e6, text: zoned.offset };
  }
  return known;
}

/** An instant as ActiveCampaign writes most of them: US Central time, -05:00 or -06:00. */
export function central(at: number): string {
  const { ms, text } = offsetAt(at);
  return new Date(at + ms).toISOString().slice(0, 19) + text;
}

/** As it writes the few that are in UTC, without saying so: `2026-11-20 19:13:34`. */
export const utc = (at: number): string =>
  new Date(at).toISOString().slice(0, 19).replace("T", " ");

/** For what never happened. */
export const NEVER = "0000-00-00 00:00:00";
export const NEVER_DATE = "0000-00-00";

/**
 * The beginning, in US Central time, of the day that a filter names; undefined if it names none.
 * Filters are documented to take dates; that of a date and time the time is left out is unverified.
 */
export function dayIn(text: string): number | undefined {
  try {
    const day = Temporal.PlainDate.from(text.slice(0, 10));
    return day.toZonedDateTime(ZONE).epochMilliseconds;
  } catch {
    return undefined;
  }
}
