import type { Entity } from "./entities/entity.ts";
import { isBlank, type Fields } from "./fields.ts";

/**
 * A way of telling that two records are the same one: a field, or several that say so only together, such
 * as `name+phone`.
 */
export const partsOf = (way: string): readonly string[] => way.split("+");

/** Every field by which records are looked for. */
export const fieldsOf = (ways: readonly string[]): readonly string[] => ways.flatMap(partsOf);

/** "e-mail", "name and phone" */
export const wayText = (way: string, { fields }: Pick<Entity, "fields">): string =>
  partsOf(way)
    .map((field) => fields[field]?.label.toLowerCase() ?? field)
    .join(" and ");

/** A name alone is had by many: it counts only where nothing else is found. */
export const isWeak = (way: string): boolean => way === "name";

/**
 * What a record is told by: the same for two whose values mean the same. Null where it has not all of it. A
 * single field is compared as tools do, but for capitals; of several together names and phones by what they mean.
 */
export function markOf(record: Fields, way: string): string | null {
  const parts = partsOf(way);
  const values = parts.map((field) => {
    const value = record[field];
    if (typeof value !== "string" || isBlank(value)) return null;
    return parts.length === 1 ? value.toLowerCase() : plain(field, value);
  });
  return values.some((value) => value === null || value === "") ? null : values.join("|");
}

/** Without what people spell in several ways. */
function plain(field: string, value: string): string {
  if (field === "phone" || field === "mobile") return plainPhone(value);
  return field === "name" ? plainName(value) : value.trim().toLowerCase();
}

/** Digits alone, with the country's where it has them: "0033 1 70 18" is "33170 18". */
export const plainPhone = (value: string): string => value.replace(/\D/g, "").replace(/^00/, "");

/** Without accents, capitals, signs, and in whatever order: "Dupont, Zoé" is "zoe dupont". */
const plainName = (value: string): string =>
  value
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .split(/[^\p{L}\p{N}]/u)
    .filter((word) => word !== "")
    .sort()
    .join(" ");
