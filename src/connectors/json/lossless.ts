import type { Json, RawNumber } from "#domain/json.ts";
import { survey } from "./survey.ts";

/** No tool nests its records anywhere near this. */
export const deepestJson = 64;

/** JSON that is deeper than `deepestJson`. */
export class TooDeep extends Error {
  override readonly name = "TooDeep";
}

declare global {
  interface JSON {
    rawJSON(text: string): RawNumber;
    isRawJSON(value: unknown): value is RawNumber;
  }
}

/**
 * Reads JSON without rounding a number (see `#domain/json.ts`), and says how deep it is nested. A byte
 * order mark is left out.
 * @throws SyntaxError when it is not JSON, TooDeep when it is deeper than `deepest`
 */
export function readJson(given: string, deepest: number): { value: Json; depth: number } {
  const text = given.charCodeAt(0) === 0xfeff ? given.slice(1) : given;
  const { depth, delicate } = survey(text);
  if (depth > deepest) throw new TooDeep(`JSON nested ${String(depth)} levels deep`);
  return { value: (delicate ? parseExactly(text, exact) : JSON.parse(text)) as Json, depth };
}

/** The same for JSON that is no deeper than a record may be. */
export const parseJson = (text: string): Json => readJson(text, deepestJson).value;

/** Writes JSON; a number that was read exactly is written as it was. */
export const jsonText = (value: Json): string => JSON.stringify(value);

export const isRawNumber = (value: unknown): value is RawNumber => JSON.isRawJSON(value);

/** The third argument is in Node, not yet in TypeScript's own types. */
const parseExactly = JSON.parse as (text: string, reviver: Reviver) => unknown;
type Reviver = (key: string, value: unknown, context: { source?: string }) => unknown;

function exact(_key: string, value: unknown, context: { source?: string }): unknown {
  if (typeof value !== "number" || context.source === undefined) return value;
  return String(value) === context.source ? value : JSON.rawJSON(context.source);
}
