const HOUR = 3_600_000;

/**
 * Writes points in time as a clock in this zone shows them: `2026-11-23T09:41:00-06:00`, of the time
 * itself so many signs.
 */
export function clockIn(zone: string): (at: number, signs?: number) => string {
  let known = { hour: -1, ms: 0, text: "" };

  /** The offset changes on a full hour at most, so it is looked up once an hour of time. */
  function offsetAt(at: number): { ms: number; text: string } {
    const hour = Math.floor(at / HOUR);
    if (hour !== known.hour) {
      const zoned = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone);
      known = { hour, ms: zoned.offsetNanoseconds / 1e6, text: zoned.offset };
    }
    return known;
  }

  return (at, signs = 19) => {
    const { ms, text } = offsetAt(at);
    return new Date(at + ms).toISOString().slice(0, signs) + text;
  };
}
