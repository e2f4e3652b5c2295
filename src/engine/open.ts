import type { Fields } from "#domain/fields.ts";
import type { Step } from "./compare.ts";
import type { Item } from "./item.ts";

/** A record on its way to a fate. */
export type Open = {
  item: Item;
  step: Exclude<Step, { kind: "settled" }>;
  /** What it needed at first sight. */
  first: Exclude<Step["kind"], "settled">;
  /** How often the target's record was not as we thought. */
  surprises: { stale: number; missing: number; again: number };
};

export const opened = (item: Item, step: Open["step"]): Open => ({
  item,
  step,
  first: step.kind,
  surprises: { stale: 0, missing: 0, again: 0 },
});

/** All it is told by: what the source says, under what a person made of it. */
export const wideOf = ({ content, fields }: Item): Fields => ({ ...content.wide, ...fields });
