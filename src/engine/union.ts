import { canonicalText, isLines, type Line, type Value } from "#domain/fields.ts";

/**
 * Rows that either side has added, without those that either has taken away; the old ones in their order,
 * then the new ones in one order whoever looks. Null where one of the values is no list.
 */
export function unionOf(
  mine: Value | undefined,
  other: Value | undefined,
  base: Value | undefined,
): Value | null {
  const [a, b, old] = [rows(mine), rows(other), rows(base)];
  if (a === null || b === null) return null;
  const before = old ?? new Map<string, Line>();
  const kept = [...before].filter(([text]) => a.has(text) && b.has(text));
  const added = [...a, ...b].filter(([text]) => !before.has(text));
  const fresh = [...new Map(added)].sort(([one], [two]) => (one < two ? -1 : 1));
  return [...kept, ...fresh].map(([, line]) => line);
}

/** Each row under its one spelling; the same row twice is one. */
function rows(value: Value | undefined): Map<string, Line> | null {
  if (value === undefined || value === null || value === "") return new Map();
  return isLines(value) ? new Map(value.map((line) => [canonicalText(line), line])) : null;
}
