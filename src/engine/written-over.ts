import type { FlowPlan } from "#domain/flow.ts";
import type { Link } from "#domain/link.ts";
import type { Fate, Item } from "./item.ts";

/** No content has it: whatever was owed to the record, nothing more is. */
export const leftAlone = "gone";

/** `upserts`: the target takes a new record for the one it has with the same key, whosever that is. */
export type Taking = Pick<FlowPlan, "twoWay"> & { upserts: boolean };

/**
 * Another record was written over this one's, which nothing at its source will ever put right: it is gone
 * there, left out or discarded, and was to stay at the target as it was. So it gets back what was written of
 * it last. What was merged into another is owed as well, and was written over by nobody.
 */
export function isWrittenOver(
  fate: Fate,
  { known, inherits }: Item,
  { upserts, twoWay }: Taking,
): boolean {
  if (!upserts || twoWay !== null || known.link?.hash !== "" || inherits !== undefined)
    return false;
  return fate.kind === "unchanged" || fate.kind === "filtered";
}

/** With what it held as its content. */
export const asItHeld = (item: Item, { base }: Link): Item => ({
  ...item,
  content: { fields: base, wide: base, hash: leftAlone },
  fields: base,
});

/** The target does not have it any more either. */
export const goneThere = ({ known: { link } }: Item): Fate => ({
  kind: "unchanged",
  link: link && { ...link, hash: leftAlone },
});
