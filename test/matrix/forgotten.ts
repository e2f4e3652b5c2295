import { sameValue, type Fields } from "#domain/fields.ts";
import type { SourceRecord } from "#domain/record.ts";

/** References that a tool was given and does not tell when it lists its records: one line for each. */
export function forgotten(
  records: readonly SourceRecord[],
  ids: readonly string[],
  given: (n: number) => Fields,
): readonly string[] {
  const listed = new Map(records.map(({ id, content }) => [id, content]));
  return ids.flatMap((id, n) => {
    const content = listed.get(id);
    const fields = content?.kind === "live" ? content.fields : {};
    return Object.entries(given(n))
      .filter(([field, wanted]) => !sameValue(fields[field], wanted))
      .map(([field, wanted]) => `${id}: ${field} ${JSON.stringify(wanted)} is not told by the source`); // prettier-ignore
  });
}
