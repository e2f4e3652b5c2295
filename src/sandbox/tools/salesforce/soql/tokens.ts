import { invalidQuery } from "../errors.ts";

export type Token = {
  kind: "word" | "text" | "literal" | "sign" | "end";
  value: string;
  /** The column it begins at, from 1. */
  at: number;
};

const TOKEN =
  /\s*(?:'((?:[^'\\]|\\.)*)'|(<=|>=|!=|<>|[=<>(),])|([+-]?\d[\w:.+-]*)|([A-Za-z_][\w.]*))/y;
const SHOWN = 60;

/** The words, texts in quotes, numbers and signs of a statement, and its end. */
export function tokensOf(statement: string): Token[] {
  const found: Token[] = [];
  const end = statement.trimEnd().length;
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < end) {
    const from = TOKEN.lastIndex;
    const match = TOKEN.exec(statement);
    if (match === null) {
      const rest = statement.slice(from).trimStart();
      const at = statement.length - rest.length + 1;
      throw invalidQuery(`${pointer(statement, at)}unexpected token: '${rest[0] ?? ""}'`);
    }
    const [whole, text, sign, literal, word] = match;
    const at = from + whole.length - whole.trimStart().length + 1;
    if (text !== undefined) found.push({ kind: "text", value: text, at });
    else if (sign !== undefined) found.push({ kind: "sign", value: sign, at });
    else if (literal !== undefined) found.push({ kind: "literal", value: literal, at });
    else found.push({ kind: "word", value: word ?? "", at });
  }
  found.push({ kind: "end", value: "<EOF>", at: end + 1 });
  return found;
}

/** Shows, as Salesforce does before its message, where in the statement the mistake is. */
export function pointer(statement: string, at: number): string {
  const from = Math.max(0, at - SHOWN);
  const line = statement.slice(from, at + SHOWN).replace(/\s/g, " ");
  return `\n${line}\n${" ".repeat(at - 1 - from)}^\nERROR at Row:1:Column:${String(at)}\n`;
}
