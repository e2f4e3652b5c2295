import { isBlank, type Fields } from "#domain/fields.ts";

/**
 * Of a record of two sides only what has changed is written. Some tools replace an address as a whole, or
 * know a record by what they need of it: that goes along as it is there.
 */
export function withCompanions(give: Fields, there: Fields, needs: readonly string[]): Fields {
  const groups = new Set(Object.keys(give).flatMap((name) => groupOf(name) ?? []));
  const along = Object.entries(there).filter(
    ([name, value]) => !isBlank(value) && (needs.includes(name) || groups.has(groupOf(name) ?? "")),
  );
  return { ...Object.fromEntries(along), ...give };
}

/** `address` of `address.city`. */
const groupOf = (name: string): string | null =>
  name.includes(".") ? name.slice(0, name.lastIndexOf(".")) : null;
