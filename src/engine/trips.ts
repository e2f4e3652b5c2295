import { Looping } from "#domain/errors.ts";
import type { Trips } from "#domain/link.ts";
import type { Way } from "#domain/truth.ts";

/** Three round trips, there and back each. */
const most = 6;
/** People also change a field by turns, but not within so little time, again and again. */
const togetherMs = 2 * 60 * 60_000;

/**
 * Notes that these fields move this way. @throws Looping when one has gone back and forth three times in a
 * row: then no person is behind it, but the tools
 */
export function noteTrips(
  before: Trips,
  moving: readonly string[],
  way: Way,
  now: Temporal.Instant,
): Trips {
  const trips = { ...before };
  for (const field of moving) {
    const last = before[field];
    const turns = last !== undefined && last.way !== way && soonAfter(last.at, now);
    const times = turns ? last.times + 1 : 1;
    if (times > most)
      throw new Looping(
        `The ${field} of a record has gone back and forth between the two sides three times`,
      );
    trips[field] = { way, times, at: now.toString() };
  }
  return trips;
}

const soonAfter = (at: string, now: Temporal.Instant): boolean =>
  now.epochMilliseconds - Temporal.Instant.from(at).epochMilliseconds <= togetherMs;
