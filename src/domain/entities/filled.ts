import type { Fields, Value } from "../fields.ts";

/** Whether this is a text that says something. */
export const filled = (value: Value | undefined): value is string =>
  typeof value === "string" && /\S/.test(value);

/** The first of these fields that says something. */
export const firstFilled =
  (...names: readonly string[]) =>
  (fields: Fields): string | null =>
    names.map((name) => fields[name]).find(filled) ?? null;

/** For entities where nothing follows from anything else. */
export const asItIs = (fields: Fields): Fields => fields;
