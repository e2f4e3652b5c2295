import { parseExactly, type Json, type RawNumber } from "#domain/json.ts";
import { shallow } from "./shallow.ts";
import { survey, type Ends } from "./survey.ts";

/** No tool nests its records anywhere near this. */
export const deepestJson = 64;

/** JSON that is deeper than `deepestJson`. */
export class TooDeep extends Error {
  override readonly name = "TooDeep";
}

/**
 * Reads JSON without rounding a number (see `#domain/json.ts`), and says how deep it is nested. A byte
 * order mark is left out.
 * @throws SyntaxError when it is not JSON, TooDeep when it is deeper than `deepest`
 */
export function readJson(given: string, deepest: number): { value: Json; depth: number } {
  const text = withoutMark(given);
  const { depth, delicate } = survey(text);
  if (depth > deepest) throw new TooDeep(`JSON nested ${String(depth)} levels deep`);
  return { value: parsed(text, delicate), depth };
}

/**
 * The same, with null for what lies deeper than `deepest`: one record that does must not hold up those
 * beside it. @throws SyntaxError
 */
export function readShallow(
  given: string,
  deepest: number,
): { value: Json; depth: number; ends: Ends } {
  const text = withoutMark(given);
  const { depth, delicate, ends } = survey(given, given.length - text.length);
  return { value: parsed(depth > deepest ? shallow(text, deepest) : text, delicate), depth, ends };
}

const withoutMark = (text: string): string => (text.charCodeAt(0) === 0xfeff ? text.slice(1) : text); // prettier-ignore

/** Most answers have no number that could be rounded, and a reviver costs a call for each value. */
const parsed = (text: string, delicate: boolean): Json =>
  delicate ? parseExactly(text) : (JSON.parse(text) as Json);

/** The same for JSON that is no deeper than a record may be. */
export const parseJson = (text: string): Json => readJson(text, deepestJson).value;

/** Writes JSON; a number that was read exactly is written as it was. */
export const jsonText = (value: Json): string => JSON.stringify(value);

export const isRawNumber = (value: unknown): value is RawNumber => JSON.isRawJSON(value);
