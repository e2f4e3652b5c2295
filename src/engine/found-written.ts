import { sameValue, type Fields } from "#domain/fields.ts";
import type { Link } from "#domain/link.ts";
import type { Known } from "#domain/ports/ledger.ts";
import type { Update } from "#domain/record.ts";
import { ruleFor } from "#domain/truth.ts";
import type { Claimed } from "./claimed.ts";
import { consent } from "./consent.ts";
import { isFormOf } from "./form-of.ts";

/**
 * In a two-way flow: what an earlier worker wrote of linked records and is found there was agreed on then.
 * Else it would be taken for somebody's change over there, and could undo a newer one here. Not for what
 * was sent otherwise than the source has it: references, united lists, what a person corrected.
 */
export async function foundWritten(
  { flow, ends, calls }: Pick<Claimed, "flow" | "ends" | "calls">,
  updates: readonly Update[],
  known: ReadonlyMap<string, Known>,
): Promise<readonly Link[]> {
  const { twoWay } = flow;
  if (twoWay === null || updates.length === 0) return [];
  const records = await ends.target.read([...new Set(updates.map(({ id }) => id))], calls);
  const there = new Map(records.map(({ id, fields }) => [id, fields]));
  const isSentAsItIs = (field: string): boolean =>
    field !== consent && !(field in ends.target.references) && ruleFor(twoWay, field) !== "union";

  return updates.flatMap(({ key, id, fields }) => {
    const { link, letter } = known.get(key) ?? {};
    const now = there.get(id);
    if (link?.back == null || link.id !== id || letter != null || now === undefined) return [];
    const { back } = link;
    const agreed = Object.keys(fields).filter(
      (field) => isSentAsItIs(field) && isWritten(field, fields, now, back.base),
    );
    if (agreed.length === 0) return [];
    const of = (values: Fields): Fields =>
      Object.fromEntries(agreed.map((field) => [field, values[field] ?? null]));
    return [
      {
        ...link,
        // It may be at the source again what it was before: that is a change now.
        hash: "",
        base: { ...link.base, ...of(fields) },
        back: { ...back, base: { ...back.base, ...of(now) } },
      },
    ];
  });
}

/** What was there before may look like a form of it, too. */
function isWritten(field: string, wrote: Fields, now: Fields, before: Fields): boolean {
  const [ours, theirs] = [wrote[field] ?? null, now[field] ?? null];
  return sameValue(theirs, ours) || (!sameValue(theirs, before[field]) && isFormOf(theirs, ours));
}
