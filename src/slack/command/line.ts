/** A word of a line and where it begins, so that the rest can be taken as it was written. */
export type Word = { text: string; start: number; end: number };

/** Slack sends `&`, `<` and `>` escaped, and `<mailto:…|…>` or `<http…|…>` for what it linked. */
const unescaped = (text: string): string =>
  text
    .replace(/<(?:mailto:|tel:|https?:\/\/)[^|>]*\|([^>]*)>/g, "$1")
    .replace(/<(https?:\/\/[^|>]*)>/g, "$1")
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&amp;", "&");

/** What people's keyboards do to quotes, dashes and spaces, undone. */
export const straight = (line: string): string =>
  unescaped(line)
    .replace(/[\u2018\u2019\u201a\u201b]/g, "'")
    .replace(/[\u201c\u201d\u201e\u00ab\u00bb]/g, '"')
    .replace(/[\u2010-\u2013\u2212]/g, "-")
    .replace(/[\u00a0\u2007\u202f]/g, " ")
    .trim();

/** The words of a line: quoted ones stay together, commas and back ticks only separate. */
export function wordsOf(line: string): readonly Word[] {
  const words: Word[] = [];
  for (const match of line.matchAll(/"([^"]*)"|'([^']*)'(?=[\s,]|$)|<[^>]*>|[^\s,`"]+/g)) {
    const text = match[1] ?? match[2] ?? match[0];
    if (text !== "") words.push({ text, start: match.index, end: match.index + match[0].length });
  }
  return words;
}
