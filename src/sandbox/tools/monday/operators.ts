import type { Sought } from "./columns/column-kind.ts";
import { wrongArgument } from "./failures.ts";

type Size = string | number;

const WORDS: Record<string, (own: Sought, given: string[]) => boolean> = {
  any_of: ({ terms }, given) => given.some((one) => terms.includes(one)),
  not_any_of: ({ terms }, given) => !given.some((one) => terms.includes(one)),
  is_empty: ({ empty }) => empty,
  is_not_empty: ({ empty }) => !empty,
  contains_text: (own, given) => given.every((one) => lower(own).includes(one.toLowerCase())),
  contains_terms: (own, given) => given.every((one) => lower(own).includes(one.toLowerCase())),
  not_contains_text: (own, given) => !given.some((one) => lower(own).includes(one.toLowerCase())),
  starts_with: (own, given) => given.some((one) => lower(own).startsWith(one.toLowerCase())),
  ends_with: (own, given) => given.some((one) => lower(own).endsWith(one.toLowerCase())),
};

const lower = ({ text }: Sought): string => text.toLowerCase();

const SIZES: Record<string, (own: Size, first: Size, last: Size) => boolean> = {
  greater_than: (own, first) => own > first,
  greater_than_or_equals: (own, first) => own >= first,
  lower_than: (own, first) => own < first,
  lower_than_or_equal: (own, first) => own <= first,
  between: (own, first, last) => own >= first && own <= last,
};

/** A cell against words, labels, people or linked items. */
export function worded(own: Sought, operator: string, given: string[]): boolean {
  const judge = WORDS[operator];
  if (judge === undefined) throw wrongArgument(`Unknown operator ${operator}`);
  return judge(own, given);
}

/** A cell against numbers or days; an empty one is neither greater nor less than anything. */
export function sized(own: Sought, operator: string, given: Size[], by: "text" | "order"): boolean {
  const judge = SIZES[operator];
  if (judge === undefined) return worded(own, operator, given.map(String));
  const [first = "", last = first] = given;
  return !own.empty && judge(own[by], first, last);
}

/**
 * "EXACT" and a day, days alone, moments cut to their day, or words such as TODAY: filters on times see
 * the day and no more, for what monday documents are days, and finer ones are not to be relied on.
 */
export function days(given: string[]): string[] {
  const today = Temporal.Now.plainDateISO("UTC");
  const words: Record<string, string> = {
    TODAY: today.toString(),
    YESTERDAY: today.subtract({ days: 1 }).toString(),
    TOMORROW: today.add({ days: 1 }).toString(),
  };
  return given
    .filter((one) => one !== "EXACT")
    .map((one) => {
      const day = words[one] ?? one.slice(0, 10);
      if (!/^\d{4}-\d{2}-\d{2}$/.test(day)) throw wrongArgument(`${one} is not a date`);
      return day;
    });
}
