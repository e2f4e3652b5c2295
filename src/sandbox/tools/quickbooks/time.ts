const ZONE = "America/Los_Angeles";
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

/** An instant as QuickBooks writes it: in the company's zone, to the second for records. */
export function localTime(at: number, fine = false): string {
  const { ms, text } = offsetAt(at);
  return new Date(at + ms).toISOString().slice(0, fine ? 23 : 19) + text;
}
