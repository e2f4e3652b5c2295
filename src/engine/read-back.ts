import { sameValue, type Fields, type Value } from "#domain/fields.ts";
import type { Write } from "#domain/record.ts";
import type { Books } from "./books.ts";
import type { Claimed } from "./claimed.ts";
import { isFormOf } from "./form-of.ts";
import type { Outcome } from "./outcome.ts";

/** A write that was accepted, with the id and version the other side gave it. */
export type Landed = {
  write: Exclude<Write, { kind: "archive" }>;
  id: string;
  version: string | null;
};

export const landedBy = (write: Write, outcome: Outcome): Landed[] =>
  outcome.kind === "accepted" && write.kind !== "archive" && outcome.kept !== true
    ? [{ write, ...outcome }]
    : [];

/**
 * Tools trim, round and cut what they are given. What a two-way flow has just written is read again, so that
 * their form of it is not taken for somebody's change when it comes back. What is neither ours nor a form of
 * it was changed by somebody in this very moment, unless the version says that nobody was there.
 */
export async function readBack(
  { ends, calls }: Pick<Claimed, "ends" | "calls">,
  landed: readonly Landed[],
  books: Pick<Books, "learn">,
): Promise<void> {
  if (landed.length === 0) return;
  const ids = [...new Set(landed.map(({ id }) => id))];
  // A tool that cannot be read just now shows what it made of them later: then it counts as a change.
  const records = await ends.target.read(ids, calls).catch(() => []);
  const now = new Map(records.map((record) => [record.id, record]));
  for (const { write, id, version } of landed) {
    const record = now.get(id);
    if (record === undefined) continue;
    const untouched = version !== null && version === record.version;
    const held = formsIn(write.fields, record.fields, untouched);
    if (Object.keys(held).length > 0) books.learn(write.key, held);
  }
}

function formsIn(wrote: Fields, there: Fields, untouched: boolean): Fields {
  const forms = Object.keys(wrote).flatMap((name): [string, Value][] => {
    const [ours, theirs] = [wrote[name] ?? null, there[name] ?? null];
    if (sameValue(ours, theirs)) return [];
    return untouched || isFormOf(theirs, ours) ? [[name, theirs]] : [];
  });
  return Object.fromEntries(forms);
}
