import { dayFromToday, isTest, type Test, type When, type Where } from "#domain/condition.ts";
import type { Plain } from "#domain/fields.ts";
import { valueText } from "#domain/value-text.ts";

/** One condition a line, as a form takes them: "Status is not lost", "Due date before today - 7". */
export const conditionLines = (where: Where, label: (name: string) => string): readonly string[] =>
  Object.entries(where).flatMap(([name, asked]) =>
    isTest(asked)
      ? testTexts(asked).map((text) => `${label(name)} ${text}`)
      : `${label(name)} = ${shown(asked)}`,
  );

function testTexts({ not, any, more_than: more, less_than: less, ...test }: Test): string[] {
  const { before, after, filled, empty } = test;
  return [
    ...(not === undefined ? [] : [notText(not)]),
    ...(any === undefined ? [] : [`is one of ${any.map(inList).join(", ")}`]),
    ...(more === undefined ? [] : [`more than ${more}`]),
    ...(less === undefined ? [] : [`less than ${less}`]),
    ...(before === undefined ? [] : [`before ${dayText(before)}`]),
    ...(after === undefined ? [] : [`after ${dayText(after)}`]),
    ...(filled === true ? ["is filled"] : []),
    ...(empty === true ? ["is empty"] : []),
  ];
}

function notText(not: NonNullable<Test["not"]> | null): string {
  if (Array.isArray(not))
    return `is not one of ${(not as readonly Plain[]).map(inList).join(", ")}`;
  return `!= ${shown(not as Plain)}`.replace(/^!= (?!one of |filled$|empty$|")/i, "is not ");
}

const shown = (value: Plain): string => valueText(value) || "(empty)";

/** What stands between values would end one that holds it. */
const inList = (value: Plain): string => {
  const text = shown(value);
  return /[,"]|\sor\s/i.test(text) ? JSON.stringify(text) : text;
};

export function dayText(when: When): string {
  const days = dayFromToday(when);
  if (days === null) return String(when);
  return days === 0 ? "today" : `today ${days < 0 ? "-" : "+"} ${Math.abs(days)}`;
}
