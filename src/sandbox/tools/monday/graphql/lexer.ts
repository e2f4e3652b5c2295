import { type At, WrongDocument } from "./syntax.ts";

export type Token = {
  kind: "punctuator" | "name" | "int" | "float" | "string" | "end";
  text: string;
  at: At;
};

const IGNORED = /(?:[\s,\uFEFF]|#[^\n\r]*)*/y;
const TOKENS: [Token["kind"], RegExp][] = [
  ["punctuator", /\.\.\.|[!$&()[\]{}:=@|]/y],
  ["name", /[A-Za-z_]\w*/y],
  ["float", /-?(?:0|[1-9]\d*)(?:\.\d+(?:[eE][+-]?\d+)?|[eE][+-]?\d+)(?![\w.])/y],
  ["int", /-?(?:0|[1-9]\d*)(?![\w.])/y],
  ["string", /"""(?:[^"\\]|\\"""|\\|"(?!""))*"""/y],
  ["string", /"(?!"")(?:[^"\\\n\r]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"|""(?!")/y],
];

/** Cuts a document into tokens; texts in quotes come without them. */
export function tokensOf(source: string): Token[] {
  const tokens: Token[] = [];
  const places = placesIn(source);
  let index = 0;
  for (;;) {
    index += matched(IGNORED, source, index).length;
    const at = places(index);
    if (index >= source.length) return [...tokens, { kind: "end", text: "<EOF>", at }];
    const [kind, text] = next(source, index, at);
    tokens.push({ kind, text: kind === "string" ? unquoted(text) : text, at });
    index += text.length;
  }
}

function next(source: string, index: number, at: At): [Token["kind"], string] {
  for (const [kind, pattern] of TOKENS) {
    const text = matched(pattern, source, index);
    if (text !== "") return [kind, text];
  }
  const sign = source[index] ?? "";
  const what = sign === '"' ? "Unterminated string." : `Unexpected character: ${JSON.stringify(sign)}.`; // prettier-ignore
  throw new WrongDocument("syntax", `Syntax Error: ${what}`, at);
}

function matched(pattern: RegExp, source: string, index: number): string {
  pattern.lastIndex = index;
  return pattern.exec(source)?.[0] ?? "";
}

function unquoted(text: string): string {
  if (!text.startsWith('"""')) return JSON.parse(text) as string;
  const lines = text
    .slice(3, -3)
    .replaceAll('\\"""', '"""')
    .split(/\r\n|[\n\r]/);
  const indents = lines.slice(1).filter((line) => line.trim() !== "").map((line) => /^[ \t]*/.exec(line)?.[0].length ?? 0); // prettier-ignore
  const common = indents.length === 0 ? 0 : Math.min(...indents);
  return lines
    .map((line, n) => (n === 0 ? line : line.slice(common)))
    .join("\n")
    .replace(/^(?:[ \t]*\n)+|(?:\n[ \t]*)+$/g, "");
}

/** Line and column of an index, both from 1; asked for in rising order. */
function placesIn(source: string): (index: number) => At {
  let line = 1;
  let start = 0;
  return (index) => {
    for (;;) {
      const end = source.indexOf("\n", start);
      if (end === -1 || end >= index) return { line, column: index - start + 1 };
      line += 1;
      start = end + 1;
    }
  };
}
