import { queryUnparsable } from "../errors.ts";

export type Operator = "=" | "<" | ">" | "<=" | ">=" | "IN" | "LIKE";
export type Condition = { field: string; operator: Operator; values: string[] };
export type Select = {
  entity: string;
  count: boolean;
  where: Condition[];
  order: { field: string; descending: boolean }[];
  startPosition: number;
  maxResults: number;
};

type Token = { kind: "word" | "text" | "sign"; value: string };

const TOKEN = /\s*(?:'((?:[^'\\]|\\.)*)'|(<=|>=|[=<>(),*])|([\w.:+-]+))/y;

function tokens(statement: string): Token[] {
  const found: Token[] = [];
  TOKEN.lastIndex = 0;
  const end = statement.trimEnd().length;
  while (TOKEN.lastIndex < end) {
    const at = TOKEN.lastIndex;
    const match = TOKEN.exec(statement);
    if (match === null) {
      throw queryUnparsable(
        `Encountered "${statement.slice(at, at + 20).trim()}" at column ${String(at + 1)}.`,
      );
    }
    const [, text, sign, word] = match;
    if (text !== undefined) found.push({ kind: "text", value: text.replace(/\\(.)/g, "$1") });
    else if (sign !== undefined) found.push({ kind: "sign", value: sign });
    else found.push({ kind: "word", value: word ?? "" });
  }
  return found;
}

/**
 * Reads `select *|count(*) from E [where a = 'x' and …] [orderby f [desc]] [startposition n]
 * [maxresults n]`: conditions joined by AND only, texts in single quotes with \' for a quote.
 */
export function parseSelect(statement: string): Select {
  const rest = tokens(statement);
  const next = (): Token | undefined => rest.shift();
  const is = (word: string) =>
    rest[0]?.kind !== "text" && rest[0]?.value.toUpperCase() === word.toUpperCase();
  const accept = (word: string): boolean => is(word) && next() !== undefined;
  const expect = (word: string): void => {
    if (!accept(word)) throw queryUnparsable(`Encountered "${rest[0]?.value ?? "<EOF>"}"; was expecting "${word}".`); // prettier-ignore
  };
  const word = (what: string): string => {
    const token = next();
    if (token?.kind === "word") return token.value;
    throw queryUnparsable(`Encountered "${token?.value ?? "<EOF>"}"; was expecting ${what}.`);
  };
  const value = (): string => {
    const token = next();
    if (token !== undefined && token.kind !== "sign") return token.value;
    throw queryUnparsable(`Encountered "${token?.value ?? "<EOF>"}"; was expecting a value.`);
  };
  const listed = <Item>(item: () => Item): Item[] => {
    const items = [item()];
    while (accept(",")) items.push(item());
    return items;
  };
  const whole = (): number => {
    const given = word("a number");
    if (!/^\d+$/.test(given))
      throw queryUnparsable(`Encountered "${given}"; was expecting a number.`);
    return Number(given);
  };

  const condition = (): Condition => {
    const field = word("a property");
    if (accept("IN")) {
      expect("(");
      const values = listed(value);
      expect(")");
      return { field, operator: "IN", values };
    }
    const sign = (["<=", ">=", "=", "<", ">", "LIKE"] as const).find((known) => accept(known));
    if (sign === undefined) throw queryUnparsable(`Encountered "${rest[0]?.value ?? "<EOF>"}"; was expecting an operator.`); // prettier-ignore
    return { field, operator: sign, values: [value()] };
  };

  expect("select");
  const count = accept("count");
  if (count) expect("(");
  expect("*");
  if (count) expect(")");
  expect("from");
  const entity = word("an entity");
  const where: Condition[] = [];
  if (accept("where")) {
    do where.push(condition());
    while (accept("and"));
  }
  const ordered = accept("orderby") || (accept("order") && (expect("by"), true));
  const order = ordered
    ? listed(() => {
        const field = word("a property");
        const descending = accept("desc");
        if (!descending) accept("asc");
        return { field, descending };
      })
    : [];
  const startPosition = accept("startposition") ? whole() : 1;
  const maxResults = accept("maxresults") ? whole() : 100;
  const left = rest[0];
  if (left !== undefined) throw queryUnparsable(`Encountered "${left.value}" after the statement.`);
  return { entity, count, where, order, startPosition, maxResults };
}
