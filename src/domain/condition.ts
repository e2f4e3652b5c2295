import { compareDecimals } from "./decimal.ts";
import { isBlank, sameValue, type Plain, type Value } from "./fields.ts";

/** Canonical field: the value that it has to have, or what else is asked of it. */
export type Where = Readonly<Record<string, Plain | Test>>;

/** What is asked of a field; all of it has to hold. Named as people write it down. */
export type Test = {
  readonly not?: Plain | readonly Plain[];
  readonly any?: readonly Plain[];
  /** Decimal texts. */
  readonly more_than?: string;
  readonly less_than?: string;
  readonly before?: When;
  readonly after?: When;
  readonly filled?: true;
  readonly empty?: true;
};

/** A day ("2026-01-01"), a point in time ("2026-01-01T09:00:00Z"), or so many days from today. */
export type When = "today" | { readonly today: number } | (string & {});

/** What a day is, now and here. */
export type Moment = { now: Temporal.Instant; zone: string };

type Holds = (value: Value | undefined) => boolean;

export const isTest = (given: Plain | Test): given is Test =>
  typeof given === "object" && given !== null;

/** Each condition as a function of its field's value. */
export const testsOf = (where: Where, moment: Moment): readonly (readonly [string, Holds])[] =>
  Object.entries(where).map(([name, asked]) => [name, holdsAt(asked, moment)]);

/** Whether time alone makes one of them true, for a record that nobody touches. */
export const comesTrueByTime = (where: Where): boolean =>
  Object.values(where).some(
    (asked) => isTest(asked) && asked.before !== undefined && dayFromToday(asked.before) !== null,
  );

/** Whether time alone changes what one of them says. */
export const turnsWithTime = (where: Where): boolean =>
  Object.values(where).some(
    (asked) =>
      isTest(asked) &&
      [asked.before, asked.after].some((when) => when !== undefined && dayFromToday(when) !== null),
  );

/** "today" is 0; null for a day that stays. */
export function dayFromToday(when: When): number | null {
  if (typeof when !== "string") return when.today;
  return when === "today" ? 0 : null;
}

function holdsAt(asked: Plain | Test, moment: Moment): Holds {
  if (!isTest(asked)) return (value) => sameValue(value, asked);
  const { not, any, more_than: more, less_than: less, before, after } = asked;
  const all: Holds[] = [];
  if (not !== undefined) all.push((value) => ![not].flat().some((one) => sameValue(value, one)));
  if (any !== undefined) all.push((value) => any.some((one) => sameValue(value, one)));
  if (more !== undefined) all.push((value) => isNumber(value) && compareDecimals(value, more) > 0);
  if (less !== undefined) all.push((value) => isNumber(value) && compareDecimals(value, less) < 0);
  if (before !== undefined) all.push(timeTest(before, moment, (side) => side < 0));
  if (after !== undefined) all.push(timeTest(after, moment, (side) => side > 0));
  if (asked.filled === true) all.push((value) => !isBlank(value));
  if (asked.empty === true) all.push(isBlank);
  return (value) => all.every((holds) => holds(value));
}

const isNumber = (value: Value | undefined): value is string =>
  typeof value === "string" && /^-?[\d.]+$/.test(value);

/** On which side of it a day or a point in time is: a point within the day is on neither. */
function timeTest(when: When, { now, zone }: Moment, isRight: (side: number) => boolean): Holds {
  if (typeof when === "string" && when.includes("T")) {
    const limit = Temporal.Instant.from(when);
    return (value) => isInstant(value) && isRight(Temporal.Instant.compare(value, limit));
  }
  const days = dayFromToday(when);
  const day =
    days === null
      ? Temporal.PlainDate.from(String(when))
      : now.toZonedDateTimeISO(zone).toPlainDate().add({ days });
  return (value) => {
    if (typeof value !== "string" || value === "") return false;
    const own = isInstant(value)
      ? Temporal.Instant.from(value).toZonedDateTimeISO(zone).toPlainDate()
      : Temporal.PlainDate.from(value);
    return isRight(Temporal.PlainDate.compare(own, day));
  };
}

const isInstant = (value: Value | undefined): value is string =>
  typeof value === "string" && value.includes("T");
