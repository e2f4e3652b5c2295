export type Values = Record<string, unknown>;

export const isObject = (value: unknown): value is Values =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** Without what was set to null, to an empty text, or to an object of nothing. */
export function filled(values: Values): Values {
  const kept = Object.entries(values).flatMap(([key, value]): [string, unknown][] => {
    if (value === null || value === "") return [];
    if (!isObject(value)) return [[key, value]];
    const inner = filled(value);
    return Object.keys(inner).length === 0 ? [] : [[key, inner]];
  });
  return Object.fromEntries(kept);
}

/** What a reference points to: `{"value": "12"}`. */
export function referred(value: unknown): string | undefined {
  const id = isObject(value) ? value["value"] : undefined;
  return typeof id === "string" && id !== "" ? id : undefined;
}
