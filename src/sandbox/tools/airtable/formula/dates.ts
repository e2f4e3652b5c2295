import { type Call, call } from "./call.ts";
import { dateOf, FormulaError, numberOf, textOf, type Value } from "./values.ts";

const UNITS = ["year", "month", "week", "day", "hour", "minute", "second"] as const;
type Unit = (typeof UNITS)[number];

function unitOf(value: Value): Unit {
  const wanted = textOf(value).toLowerCase().replace(/s$/, "");
  const unit = UNITS.find((known) => known === wanted);
  if (unit === undefined) throw new FormulaError("not a unit of time");
  return unit;
}

const zoned = (at: number) => Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO("UTC");

/** The beginning of the year, month … in which it is. */
function floor(at: number, unit: Unit): number {
  const date = zoned(at);
  switch (unit) {
    case "year":
      return date.with({ month: 1, day: 1 }).startOfDay().epochMilliseconds;
    case "month":
      return date.with({ day: 1 }).startOfDay().epochMilliseconds;
    case "week":
      return date.subtract({ days: date.dayOfWeek % 7 }).startOfDay().epochMilliseconds;
    case "day":
    case "hour":
    case "minute":
    case "second":
      return date.round({ smallestUnit: unit, roundingMode: "floor" }).epochMilliseconds;
    default:
      return unit satisfies never;
  }
}

const compared = (test: (left: number, right: number) => boolean): Call =>
  call([2, 2], ([left = null, right = null]) => {
    if (left === null || right === null) return false;
    return test(dateOf(left), dateOf(right));
  });

/**
 * The functions for dates, by name; all in UTC. LAST_MODIFIED_TIME() is of the whole record: naming
 * fields, as Airtable allows, is refused here.
 */
export const dates: Record<string, Call> = {
  NOW: call([0, 0], (_, { now }) => ({ at: now })),
  TODAY: call([0, 0], (_, { now }) => ({ at: floor(now, "day") })),
  CREATED_TIME: call([0, 0], (_, { created }) => ({ at: created })),
  LAST_MODIFIED_TIME: call([0, 0], (_, { modified }) => ({ at: modified })),
  DATETIME_PARSE: call([1, 1], ([value = null]) => ({ at: dateOf(value) })),
  IS_AFTER: compared((left, right) => left > right),
  IS_BEFORE: compared((left, right) => left < right),
  IS_SAME: call([2, 3], ([left = null, right = null, unit = null]) => {
    if (left === null || right === null) return false;
    const [a, b] = [dateOf(left), dateOf(right)];
    return unit === null ? a === b : floor(a, unitOf(unit)) === floor(b, unitOf(unit));
  }),
  DATEADD: call([3, 3], ([date = null, count = 0, unit = ""]) => {
    const step = `${unitOf(unit)}s`;
    return { at: zoned(dateOf(date)).add({ [step]: numberOf(count) }).epochMilliseconds };
  }),
};
