import type { End } from "../associations/associations.ts";
import type { Values } from "../objects/object-type.ts";
import type { Portal } from "../portal.ts";

/** A made-up record, and what it belongs to. */
export type Made = { values: Values; to: End[] };

/** The n-th made-up record of an object, and what is wrong with some of those of the first start. */
export type Maker = {
  make(n: number, portal: Portal): Made;
  /** Values in which these ones differ from the n-th record, by n; loose ones belong to nothing. */
  flaws: Record<number, { values: Values; loose?: true }>;
};

const FIRST_CREATED = Date.parse("2025-01-13T08:12:40.000Z");
const LAST_CREATED = Date.parse("2026-09-30T16:20:05.000Z");
export const DAY = 86_400_000;

/** When the n-th of so many was created, spread over the life of the portal. */
export const createdAt = (n: number, count: number): number =>
  FIRST_CREATED + Math.round(((LAST_CREATED - FIRST_CREATED) * n) / count);

export const iso = (at: number): string => new Date(at).toISOString();

/** The n-th record there is of an object, counted round; none where there are none. */
export function nth(portal: Portal, object: "contacts" | "companies" | "deals", n: number): End[] {
  const { size, after, type } = portal.records(object);
  if (size === 0) return [];
  const [record] = after(String(type.firstId - 1 + (n % size)), false, 1);
  return record === undefined ? [] : [{ object, id: record.id }];
}

/** The n-th of a list that is gone through again and again. */
export const turn = <Item>(list: readonly Item[], n: number): Item => list[n % list.length] as Item;
