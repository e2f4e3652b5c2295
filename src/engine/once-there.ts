import { isBlank, sameValue, type Fields } from "#domain/fields.ts";
import type { Known } from "#domain/ports/ledger.ts";
import type { WriteOutcome } from "#domain/record.ts";
import type { Spoke } from "#domain/spoke.ts";
import { isFormOf } from "./form-of.ts";
import type { Weighed } from "./weighed.ts";

/** What the target says of a write it took. */
export type Arrived = Pick<
  Extract<WriteOutcome, { kind: "accepted" }>,
  "id" | "version" | "unchanged" | "kept" | "made"
>;

/** No content has it: we wrote to that side last, and have not read since what it made of that. */
export const wrote = "written";

/**
 * What is remembered of a record once it is there. Where the target kept a value of its own, that one is to
 * come back here.
 */
export function onceThere(spoke: Spoke | null, weighed: Weighed, { kept }: Arrived): Weighed {
  const { link } = weighed;
  if (link.back === null) return weighed;
  const hash = spoke?.heading === "out" && link.back.hash !== "" ? wrote : link.back.hash;
  return { ...weighed, link: { ...link, back: { ...link.back, hash: kept === true ? "" : hash } } };
}

/**
 * Tools trim, round, cut and drop what they are given. The first that is read after we wrote is not taken
 * for somebody's change where it is a form of what we wrote, or nothing at all: so nothing has to be read
 * just for that, and what one tool cannot keep is not emptied everywhere.
 */
export function seenAsWritten(known: Known, content: Fields): Known {
  const { link } = known;
  if (link?.hash !== wrote) return known;
  return { ...known, link: { ...link, base: inItsForm(link.base, content) } };
}

/** The same where the side we wrote to is read before the next is written. */
export function foundAsWritten(known: Known, there: Fields): Known {
  const { link } = known;
  if (link?.back?.hash !== wrote) return known;
  const back = { ...link.back, base: inItsForm(link.back.base, there) };
  return { ...known, link: { ...link, back } };
}

function inItsForm(written: Fields, seen: Fields): Fields {
  const forms = Object.entries(seen).filter(([name, value]) => {
    const ours = written[name] ?? null;
    return !sameValue(value, ours) && (isBlank(value) || isFormOf(value, ours));
  });
  return { ...written, ...Object.fromEntries(forms) };
}
