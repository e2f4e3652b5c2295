import type { Conflict, ConflictField } from "#domain/conflict.ts";
import { sameValue } from "#domain/fields.ts";
import type { Side } from "#domain/truth.ts";

/** What a person chose for a field, as long as both sides have what they chose between. */
export function choiceIn(
  conflict: Conflict | undefined,
  field: string,
  { source, target }: ConflictField,
): Side | null {
  const seen = conflict?.fields[field];
  const stands =
    seen !== undefined && sameValue(seen.source, source) && sameValue(seen.target, target);
  return (stands && conflict?.choices[field]) || null;
}
