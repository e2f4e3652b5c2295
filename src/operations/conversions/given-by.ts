import { fieldsOf, type Conversion } from "#domain/conversion.ts";
import type { Entity } from "#domain/entities/entity.ts";

/** Fields that a conversion fills, from a source that has these. */
export function givenBy(
  { records }: Conversion,
  from: Entity,
  has: readonly string[],
): readonly string[] {
  const sample = Object.fromEntries(has.map((field) => [field, "x"]));
  const known = new Set(["id", ...Object.keys(from.complete(sample))]);
  const filled = Object.values(records).flatMap((template) =>
    Object.entries(template).flatMap(([name, cell]) =>
      fieldsOf(cell).every((field) => known.has(field)) ? [name] : [],
    ),
  );
  return [...new Set(filled)];
}
