const QUOTE = 34;
const BACKSLASH = 92;
const MINUS = 45;
const DOT = 46;

export type Survey = {
  /** How many lists and objects lie in one another at most. */
  depth: number;
  /** Whether a number is written in a way that JavaScript would not give back as it was. */
  delicate: boolean;
  /** Where the outermost lists and objects end, by where they begin. */
  ends: Ends;
};

export type Ends = ReadonlyMap<number, number>;

/** A record lies in a list, and that often in an object; deeper, there are too many to be of use. */
const outermost = 4;

/**
 * Goes through JSON text once, without recursion, jumping over strings. It does not say whether the
 * text is JSON; of text that is not, only the parser that follows can tell.
 */
export function survey(text: string, from = 0, to = text.length): Survey {
  const nesting = makeNesting();
  let delicate = false;
  let at = from;
  while (at < to) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) {
      at = endOfString(text, at);
    } else if ((code | 32) === 123) {
      // { and [ differ by this one bit, and so do } and ].
      nesting.opens(at++);
    } else if ((code | 32) === 125) {
      nesting.closed(++at);
    } else if (code === MINUS || isDigit(code)) {
      const end = endOfNumber(text, at);
      delicate ||= isDelicate(text, at, end);
      at = end;
    } else {
      at++;
    }
  }
  return { ...nesting.seen(), delicate };
}

function makeNesting() {
  const ends = new Map<number, number>();
  const begun: number[] = [];
  let depth = 0;
  let deepest = 0;
  return {
    opens(at: number): void {
      if (depth < outermost) begun[depth] = at;
      if (++depth > deepest) deepest = depth;
    },
    closed(at: number): void {
      const from = --depth < outermost ? begun[depth] : undefined;
      if (from !== undefined) ends.set(from, at);
    },
    seen: () => ({ depth: deepest, ends }),
  };
}

/** The position after the string that begins at `at`. */
export function endOfString(text: string, at: number): number {
  for (let end = text.indexOf('"', at + 1); end !== -1; end = text.indexOf('"', end + 1)) {
    let slashes = 0;
    while (text.charCodeAt(end - 1 - slashes) === BACKSLASH) slashes++;
    if (slashes % 2 === 0) return end + 1;
  }
  return text.length;
}

function endOfNumber(text: string, at: number): number {
  let end = at + 1;
  for (; end < text.length; end++) {
    const code = text.charCodeAt(end);
    if (!isDigit(code) && code !== DOT && code !== 43 && code !== MINUS && (code | 32) !== 101)
      break;
  }
  return end;
}

/** Whole numbers of up to 15 digits are safe; of the rest, those that print as they were read. */
function isDelicate(text: string, at: number, end: number): boolean {
  if (end - at <= 15 && text.charCodeAt(at) !== MINUS && plain(text, at, end)) return false;
  const written = text.slice(at, end);
  return String(Number(written)) !== written;
}

function plain(text: string, at: number, end: number): boolean {
  for (let i = at; i < end; i++) if (!isDigit(text.charCodeAt(i))) return false;
  return true;
}

const isDigit = (code: number): boolean => code >= 48 && code <= 57;
