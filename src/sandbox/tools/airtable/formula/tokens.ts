import { invalidFormula } from "../errors.ts";

export type Token =
  | { kind: "number"; value: number }
  | { kind: "text"; value: string }
  | { kind: "field"; value: string }
  | { kind: "word"; value: string }
  | { kind: "sign"; value: string };

const TOKEN =
  /\s*(?:(\d+(?:\.\d+)?|\.\d+)|"((?:[^"\\]|\\[^])*)"|'((?:[^'\\]|\\[^])*)'|\{((?:[^}\\]|\\[^])*)\}|([\p{L}_][\p{L}\p{N}_]*)|(!=|<=|>=|[=<>&+\-*/(),]))/uy;

const ESCAPED: Record<string, string> = { n: "\n", r: "\r", t: "\t" };

const plain = (text: string): string =>
  text.replace(/\\([^])/g, (_, sign: string) => ESCAPED[sign] ?? sign);

/** The parts of a formula. Texts stand in either quotes, with a backslash before what would end them. */
export function tokensOf(formula: string): Token[] {
  const found: Token[] = [];
  const end = formula.trimEnd().length;
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < end) {
    const match = TOKEN.exec(formula);
    if (match === null) throw malformed();
    found.push(tokenOf(match));
  }
  return found;
}

function tokenOf([, number, double, single, field, word, sign]: RegExpExecArray): Token {
  if (number !== undefined) return { kind: "number", value: Number(number) };
  const text = double ?? single;
  if (text !== undefined) return { kind: "text", value: plain(text) };
  if (field !== undefined) return { kind: "field", value: plain(field) };
  if (word !== undefined) return { kind: "word", value: word };
  return { kind: "sign", value: sign ?? "" };
}

export const malformed = () => invalidFormula("Invalid formula. Please check your formula text.");
