import type { Claimed } from "./claimed.ts";
import { agreed, sendable } from "./consent.ts";
import type { Item } from "./item.ts";
import { weighBoth } from "./weigh-both.ts";
import type { Current, Weighed } from "./weighed.ts";

/** Null is a record that is not there yet. */
export type Weigh = (item: Item, current: Current | null) => Weighed;

/** By the flow's own way: all of the source's record counts, or in a two-way flow what each side changed. */
export function makeWeigh(
  claimed: Pick<Claimed, "way" | "flow" | "ends" | "own" | "spoke">,
  now: () => Temporal.Instant,
): Weigh {
  const { flow, own, ends } = claimed;
  if (flow.twoWay === null || own === null) return oneWay(ends.target.coarse);
  const both = { ...claimed, twoWay: flow.twoWay, own };
  return (item, current) => weighBoth(both, item, current, now());
}

const oneWay =
  (coarse: ReadonlySet<string>): Weigh =>
  ({ key, content, fields }, current) => ({
    give: current === null ? fields : sendable(fields, current.fields, coarse),
    link: { key, hash: content.hash, base: agreed(fields, current?.fields ?? {}), back: null },
    asks: null,
  });
