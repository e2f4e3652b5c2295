import { invalidValue } from "./errors.ts";

export type Operator = "contains" | "=" | "!=" | "<" | "<=" | ">" | ">=";
export type Query =
  | { kind: "and" | "or"; all: Query[] }
  | { kind: "not"; one: Query }
  | { kind: "compare"; field: string; operator: Operator; value: string | boolean }
  | { kind: "in"; value: string; collection: string }
  | { kind: "has"; collection: string; key: string; value: string };

type Token = { kind: "text" | "word" | "sign"; value: string };

const TEXT: readonly Operator[] = ["contains", "=", "!="];
const TIME: readonly Operator[] = ["<=", "<", "=", "!=", ">", ">="];
const SAME: readonly Operator[] = ["=", "!="];

/** What may be asked of a file. Source: Google's page on search query terms and operators. */
const fields: Readonly<Record<string, { of: "text" | "time" | "flag"; may: readonly Operator[] }>> =
  {
    name: { of: "text", may: TEXT },
    fullText: { of: "text", may: ["contains"] },
    mimeType: { of: "text", may: TEXT },
    modifiedTime: { of: "time", may: TIME },
    createdTime: { of: "time", may: TIME },
    viewedByMeTime: { of: "time", may: TIME },
    trashed: { of: "flag", may: SAME },
    starred: { of: "flag", may: SAME },
    sharedWithMe: { of: "flag", may: SAME },
    visibility: { of: "text", may: SAME },
    "shortcutDetails.targetId": { of: "text", may: SAME },
  };
const COLLECTIONS = ["parents", "owners", "writers", "readers"];

/** Reads a `q`; throws Drive's 400, which says no more than that the value is invalid. */
export function parseQuery(text: string): Query {
  const tokens = tokensOf(text);
  let at = 0;

  const peek = (value: string): boolean => {
    const token = tokens[at];
    return token !== undefined && token.kind !== "text" && token.value === value;
  };
  const eat = (value: string): boolean => {
    if (!peek(value)) return false;
    at += 1;
    return true;
  };
  const need = (value: string): void => {
    if (!eat(value)) throw refused();
  };
  const take = (kind: Token["kind"]): string => {
    const token = tokens[at];
    if (token?.kind !== kind) throw refused();
    at += 1;
    return token.value;
  };

  function joined(kind: "or" | "and", next: () => Query): Query {
    const all = [next()];
    while (eat(kind)) all.push(next());
    return all.length === 1 && all[0] !== undefined ? all[0] : { kind, all };
  }
  const either = (): Query => joined("or", () => joined("and", negated));

  function negated(): Query {
    if (eat("not")) return { kind: "not", one: negated() };
    if (!eat("(")) return term();
    const inner = either();
    need(")");
    return inner;
  }

  function term(): Query {
    if (tokens[at]?.kind === "text") {
      const value = take("text");
      need("in");
      const collection = take("word");
      if (!COLLECTIONS.includes(collection)) throw refused();
      return { kind: "in", value, collection };
    }
    const field = take("word");
    if (field === "properties" || field === "appProperties") return has(field);
    if (field === "sharedWithMe" && !peek("=") && !peek("!="))
      return { kind: "compare", field, operator: "=", value: true };
    return comparison(field);
  }

  function has(collection: string): Query {
    need("has");
    need("{");
    need("key");
    need("=");
    const key = take("text");
    need("and");
    need("value");
    need("=");
    const value = take("text");
    need("}");
    return { kind: "has", collection, key, value };
  }

  function comparison(field: string): Query {
    const known = fields[field];
    const { value: operator } = tokens[at] ?? { value: "" };
    const allowed = known?.may.find((one) => one === operator);
    if (known === undefined || allowed === undefined) throw refused();
    at += 1;
    if (known.of === "flag") {
      const word = take("word");
      if (word !== "true" && word !== "false") throw refused();
      return { kind: "compare", field, operator: allowed, value: word === "true" };
    }
    const value = take("text");
    if (known.of === "time" && Number.isNaN(instantOf(value))) throw refused();
    return { kind: "compare", field, operator: allowed, value };
  }

  const query = either();
  if (at < tokens.length) throw refused();
  return query;
}

/** Whether words are searched for anywhere in it, which forbids sorting. */
export function searchesText(query: Query): boolean {
  switch (query.kind) {
    case "and":
    case "or":
      return query.all.some(searchesText);
    case "not":
      return searchesText(query.one);
    case "compare":
      return query.field === "fullText";
    case "in":
    case "has":
      return false;
    default:
      return query satisfies never;
  }
}

const refused = () => invalidValue("q");

/** An RFC 3339 time, of which the zone may be missing and then is UTC; NaN for anything else. */
export function instantOf(text: string): number {
  if (!/^\d{4}-\d\d-\d\d(T\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)?)?$/.test(text)) return NaN;
  return Date.parse(/T.*(Z|[+-]\d\d:\d\d)$/.test(text) || !text.includes("T") ? text : `${text}Z`);
}

/** In texts, a quote and a backslash stand behind a backslash. */
function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  const pattern = /\s+|'((?:[^'\\]|\\.)*)'|(<=|>=|!=|[<>=(){}])|([A-Za-z][A-Za-z.]*)/gy;
  while (pattern.lastIndex < text.length) {
    const found = pattern.exec(text);
    if (found === null) throw refused();
    const [, quoted, sign, word] = found;
    if (quoted !== undefined) tokens.push({ kind: "text", value: unescaped(quoted) });
    else if (sign !== undefined) tokens.push({ kind: "sign", value: sign });
    else if (word !== undefined) tokens.push({ kind: "word", value: keyword(word) });
  }
  return tokens;
}

const KEYWORDS = ["and", "or", "not", "in", "has", "contains", "true", "false"];

/** Keywords may be written in capitals. */
const keyword = (word: string): string =>
  KEYWORDS.includes(word.toLowerCase()) ? word.toLowerCase() : word;

function unescaped(text: string): string {
  return text.replace(/\\(.)/gs, (_, sign: string) => {
    if (sign !== "'" && sign !== "\\") throw refused();
    return sign;
  });
}
