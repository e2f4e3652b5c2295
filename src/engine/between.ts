import type { Fields } from "#domain/fields.ts";
import type { Link } from "#domain/link.ts";

/**
 * A link as it is to be stored where the flow that comes back stored it too since it was looked at: what this
 * one found out is added to what that one did, and both look at the two records again. Else whoever stores
 * last would forget what the other wrote, or still owes.
 */
export function between(mine: Link, before: Link | null, now: Link | null): Link {
  if (now === null || mine.back === null || now.back === null || now.id !== mine.id) return mine;
  if (isAsItWas(before, now)) return mine;
  return {
    ...mine,
    hash: "",
    base: over(now.base, before?.base, mine.base),
    back: {
      ...mine.back,
      hash: "",
      base: over(now.back.base, before?.back?.base, mine.back.base),
    },
  };
}

/**
 * Whether the flow that comes back took the link away since it was looked at: its record there has another
 * record here by now, or is no more. To store it would make one record there that of two here.
 */
export const isVoid = (mine: Link, before: Link | null, now: Link | null): boolean =>
  before !== null && now === null && before.id === mine.id;

const isAsItWas = (before: Link | null, now: Link): boolean =>
  before !== null && textOf(before) === textOf(now);

const textOf = ({ hash, base, back }: Link): string =>
  JSON.stringify([hash, back?.hash, entries(base), entries(back?.base ?? {})]);
const entries = (fields: Fields) => Object.entries(fields).sort();

/** What changed from `before` to `mine`, on top of what is there now. */
const over = (now: Fields, before: Fields = {}, mine: Fields): Fields => ({
  ...now,
  ...Object.fromEntries(
    Object.entries(mine).filter(
      ([name, value]) => JSON.stringify(value) !== JSON.stringify(before[name]),
    ),
  ),
});
