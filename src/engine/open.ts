import type { Fields } from "#domain/fields.ts";
import type { Step } from "./compare.ts";
import type { Item } from "./item.ts";
import type { Weighed } from "./weighed.ts";
import { asItHeld } from "./written-over.ts";

/** A record on its way to a fate. */
export type Open = {
  item: Item;
  step: Exclude<Step, { kind: "settled" | "restore" }>;
  /** What it needed at first sight. */
  first: Exclude<Step["kind"], "settled" | "look">;
  /** A person said that it is none of those that match: it is created. */
  apart?: true;
  /** How often the target's record was not as we thought. */
  surprises: { stale: number; missing: number; again: number };
  /** What was found to be written, once it was. */
  weighed: Weighed | null;
};

export function opened(item: Item, step: Exclude<Step, { kind: "settled" }>): Open {
  const begun = { surprises: { stale: 0, missing: 0, again: 0 }, weighed: null };
  if (step.kind !== "restore")
    return { item, step, first: step.kind === "look" ? "update" : step.kind, ...begun };
  const { id, version, base } = step.link;
  return {
    item: asItHeld(item, step.link),
    step: { kind: "update", id, version, current: base },
    first: "restore",
    ...begun,
  };
}

/** All it is told by: what the source says, under what a person made of it, which is seldom anything else. */
export const wideOf = ({ content, fields }: Item): Fields =>
  fields === content.fields ? content.wide : { ...content.wide, ...fields };

/** Its partner is not there any more, so nothing is agreed with it. */
export function letGo({ item }: Open): void {
  item.known = { ...item.known, link: null };
}
