/**
 * JSON as it was sent. A number that JavaScript cannot hold exactly (beyond 2^53, `1.50`, `1e400`)
 * is the object `JSON.rawJSON` makes, whose `rawJSON` is the number's own text.
 */
export type Json = string | number | boolean | null | RawNumber | Json[] | { [key: string]: Json };

export type RawNumber = { readonly rawJSON: string };

declare global {
  interface JSON {
    rawJSON(text: string): RawNumber;
    isRawJSON(value: unknown): value is RawNumber;
  }
}

/** Reads JSON without rounding a number. @throws SyntaxError */
export const parseExactly = (text: string): Json => reading(text, exact) as Json;

/** The third argument is in Node, not yet in TypeScript's own types. */
type Reviver = (key: string, value: unknown, context: { source?: string }) => unknown;
const reading = JSON.parse as (text: string, reviver: Reviver) => unknown;

const exact: Reviver = (_key, value, { source }) =>
  typeof value !== "number" || source === undefined || String(value) === source
    ? value
    : JSON.rawJSON(source);
