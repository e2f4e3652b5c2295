import { invalidQuery } from "../errors.ts";
import { pointer, type Token, tokensOf } from "./tokens.ts";

export type Path = { path: string; at: number };
export type Literal = {
  kind: "text" | "number" | "date" | "datetime" | "boolean" | "null";
  value: string;
};
export type Operator = "=" | "!=" | "<" | "<=" | ">" | ">=" | "LIKE" | "IN" | "NOT IN";
export type Condition =
  | { kind: "and" | "or"; parts: Condition[] }
  | { kind: "not"; part: Condition }
  | { kind: "compare"; field: Path; operator: Operator; values: Literal[] };
type Order = { field: Path; descending: boolean; nullsLast: boolean };
export type Select = {
  statement: string;
  /** None for `COUNT()`. */
  fields: Path[];
  from: Path;
  where: Condition | null;
  order: Order[];
  limit: number | null;
  offset: number;
};

const DEEPEST = 50;

/**
 * Reads `SELECT a, b.c | COUNT() FROM X [WHERE …] [ORDER BY a [ASC|DESC] [NULLS FIRST|LAST], …]
 * [LIMIT n] [OFFSET n]`. AND and OR may not be mixed without parentheses, as in Salesforce.
 */
export function parse(statement: string): Select {
  const tokens = tokensOf(statement);
  const peek = (): Token => tokens[0] ?? { kind: "end", value: "<EOF>", at: 1 };
  const take = (): Token => tokens.shift() ?? peek();
  const unexpected = (token: Token) =>
    invalidQuery(`${pointer(statement, token.at)}unexpected token: '${token.value}'`);
  const is = (value: string): boolean =>
    (peek().kind === "word" || peek().kind === "sign") && peek().value.toUpperCase() === value;
  const accept = (...words: string[]): boolean => {
    const next = tokens.slice(0, words.length).map(({ value }) => value.toUpperCase());
    if (!is(words[0] ?? "") || next.join(" ") !== words.join(" ")) return false;
    tokens.splice(0, words.length);
    return true;
  };
  const expect = (value: string): void => {
    if (!accept(value)) throw unexpected(peek());
  };
  const path = (): Path => {
    const token = take();
    if (token.kind !== "word") throw unexpected(token);
    return { path: token.value, at: token.at };
  };
  const listed = <Item>(item: () => Item): Item[] => {
    const items = [item()];
    while (accept(",")) items.push(item());
    return items;
  };
  const count = (): number => {
    const token = take();
    if (token.kind !== "literal" || !/^\d{1,9}$/.test(token.value)) throw unexpected(token);
    return Number(token.value);
  };
  const literal = (): Literal => {
    const token = take();
    const found = literalOf(token);
    if (found === undefined) throw unexpected(token);
    return found;
  };

  const term = (depth: number): Condition => {
    if (depth > DEEPEST) throw invalidQuery("Query is too complex");
    if (accept("NOT")) return { kind: "not", part: term(depth + 1) };
    if (accept("(")) {
      const inner = condition(depth + 1);
      expect(")");
      return inner;
    }
    const field = path();
    const operator = operators.find((words) => accept(...words));
    if (operator === undefined) throw unexpected(peek());
    const name = operator.join(" ").replace("<>", "!=") as Operator;
    if (!name.endsWith("IN"))
      return { kind: "compare", field, operator: name, values: [literal()] };
    expect("(");
    const values = listed(literal);
    expect(")");
    return { kind: "compare", field, operator: name, values };
  };
  const condition = (depth: number): Condition => {
    const parts = [term(depth)];
    const joined = is("OR") ? "OR" : "AND";
    while (accept(joined)) parts.push(term(depth));
    if (is("AND") || is("OR")) throw unexpected(peek());
    const [only] = parts;
    if (only !== undefined && parts.length === 1) return only;
    return { kind: joined === "OR" ? "or" : "and", parts };
  };
  const ordering = (): Order => {
    const field = path();
    const descending = accept("DESC");
    if (!descending) accept("ASC");
    const nullsLast = accept("NULLS", "LAST");
    if (!nullsLast) accept("NULLS", "FIRST");
    return { field, descending, nullsLast };
  };

  expect("SELECT");
  const fields = accept("COUNT", "(", ")") ? [] : listed(path);
  expect("FROM");
  const select: Select = {
    statement,
    fields,
    from: path(),
    where: accept("WHERE") ? condition(0) : null,
    order: accept("ORDER", "BY") ? listed(ordering) : [],
    limit: accept("LIMIT") ? count() : null,
    offset: accept("OFFSET") ? count() : 0,
  };
  if (peek().kind !== "end") throw unexpected(peek());
  return select;
}

const operators = [["NOT", "IN"], ["IN"], ["LIKE"], ["<="], [">="], ["!="], ["<>"], ["="], ["<"], [">"]]; // prettier-ignore

const ESCAPED: Record<string, string> = { n: "\n", r: "\r", t: "\t", b: "\b", f: "\f" };

function literalOf({ kind, value }: Token): Literal | undefined {
  if (kind === "text") return { kind: "text", value };
  if (kind === "word") {
    const word = value.toLowerCase();
    if (word === "null") return { kind: "null", value: "" };
    return word === "true" || word === "false" ? { kind: "boolean", value: word } : undefined;
  }
  if (kind !== "literal") return undefined;
  if (/^\d{4}-\d\d-\d\d$/.test(value)) return { kind: "date", value };
  if (/^\d{4}-\d\d-\d\dT/.test(value)) return { kind: "datetime", value };
  return /^[+-]?\d+(\.\d+)?$/.test(value) ? { kind: "number", value } : undefined;
}

/** A text without its escapes: \' and \\ and the like. */
export const unescaped = (text: string): string =>
  text.replace(/\\(.)/gs, (_whole, sign: string) => ESCAPED[sign] ?? sign);
