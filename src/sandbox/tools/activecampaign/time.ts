import { clockIn } from "../zone-time.ts";

const ZONE = "America/Chicago";
const inZone = clockIn(ZONE);

/** An instant as ActiveCampaign writes most of them: US Central time, -05:00 or -06:00. */
export const central = (at: number): string => inZone(at);

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
