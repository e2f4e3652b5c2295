import { endOfString, type Ends } from "./survey.ts";

/** Where one value begins and ends in a text. */
export type Slice = { from: number; to: number };

/**
 * Where each item of the list at `path` stands in JSON text that is known to be valid; what is no list
 * is the one item. Null counts for none. Of a name that is there twice the last counts, as it does for
 * the parser. `ends` as a survey found them, so that nothing is gone through twice.
 */
export function slicesOf(text: string, path: readonly string[], ends: Ends): Slice[] {
  let at = skipSpace(text, text.charCodeAt(0) === 0xfeff ? 1 : 0);
  for (const name of path) {
    const found = member(text, at, name, ends);
    if (found === null) return [];
    at = found;
  }
  const all =
    text[at] === "[" ? items(text, at, ends) : [{ from: at, to: endOfValue(text, at, ends) }];
  return all.filter(({ from }) => from < text.length && text[from] !== "n");
}

function member(text: string, at: number, name: string, ends: Ends): number | null {
  if (text[at] !== "{") return null;
  let found: number | null = null;
  at = skipSpace(text, at + 1);
  while (text[at] === '"') {
    const end = endOfString(text, at);
    const key = JSON.parse(text.slice(at, end)) as string;
    at = skipSpace(text, skipSpace(text, end) + 1);
    if (key === name) found = at;
    at = skipSpace(text, endOfValue(text, at, ends));
    if (text[at] === ",") at = skipSpace(text, at + 1);
  }
  return found;
}

function items(text: string, at: number, ends: Ends): Slice[] {
  const slices: Slice[] = [];
  at = skipSpace(text, at + 1);
  while (at < text.length && text[at] !== "]") {
    const to = endOfValue(text, at, ends);
    slices.push({ from: at, to });
    at = skipSpace(text, to);
    if (text[at] === ",") at = skipSpace(text, at + 1);
  }
  return slices;
}

/** The position after the value that begins at `at`. */
function endOfValue(text: string, at: number, ends: Ends): number {
  const first = text.charCodeAt(at);
  if (first === QUOTE) return endOfString(text, at);
  if (opens(first)) return ends.get(at) ?? endOfGroup(text, at);
  while (at < text.length && !endsPlain(text.charCodeAt(at))) at++;
  return at;
}

/** The position after the list or object that begins at `at`. */
export function endOfGroup(text: string, at: number): number {
  let depth = 0;
  while (at < text.length) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) {
      at = endOfString(text, at);
      continue;
    }
    at++;
    if (opens(code)) depth++;
    else if (closes(code) && --depth === 0) break;
  }
  return at;
}

function skipSpace(text: string, at: number): number {
  while (isSpace(text.charCodeAt(at))) at++;
  return at;
}

const QUOTE = 34;
const COMMA = 44;

// { and [ differ by one bit, and so do } and ].
const opens = (code: number): boolean => (code | 32) === 123;
const closes = (code: number): boolean => (code | 32) === 125;
const isSpace = (code: number): boolean => code === 32 || code === 10 || code === 13 || code === 9;
const endsPlain = (code: number): boolean => code === COMMA || closes(code) || isSpace(code);
