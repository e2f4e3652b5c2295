import { invalidFormula } from "../errors.ts";
import type { Field } from "../schema.ts";
import type { Call } from "./call.ts";
import { functions } from "./functions.ts";
import { malformed, type Token, tokensOf } from "./tokens.ts";
import type { Value } from "./values.ts";

export type Operator = (typeof LEVELS)[number][number];
export type Node =
  | { kind: "value"; value: Value }
  | { kind: "field"; field: Field }
  | { kind: "call"; call: Call; given: Node[] }
  | { kind: "negative"; of: Node }
  | { kind: "binary"; operator: Operator; left: Node; right: Node };

/** From what binds least. */
const LEVELS = [["=", "!=", "<", ">", "<=", ">="], ["&"], ["+", "-"], ["*", "/"]] as const;

/**
 * Reads a formula once for all records. Fields are named in braces, or without where the name is one
 * word; `field` finds them by name or id. Throws Airtable's 422.
 */
export function parseFormula(formula: string, field: (key: string) => Field | undefined): Node {
  const rest = tokensOf(formula);
  const unknown: string[] = [];

  const accept = (...signs: readonly string[]): string | undefined => {
    const [token] = rest;
    if (token?.kind !== "sign" || !signs.includes(token.value)) return undefined;
    rest.shift();
    return token.value;
  };
  const expect = (sign: string): void => {
    if (accept(sign) === undefined) throw malformed();
  };

  function level(depth: number): Node {
    const operators = LEVELS[depth];
    if (operators === undefined) return unary();
    let left = level(depth + 1);
    for (;;) {
      const operator = accept(...operators) as Operator | undefined;
      if (operator === undefined) return left;
      left = { kind: "binary", operator, left, right: level(depth + 1) };
    }
  }

  const unary = (): Node =>
    accept("-") === undefined ? primary() : { kind: "negative", of: unary() };

  function primary(): Node {
    const token = rest.shift();
    if (token === undefined) throw malformed();
    switch (token.kind) {
      case "number":
      case "text":
        return { kind: "value", value: token.value };
      case "field":
        return named(token.value);
      case "word":
        return accept("(") === undefined ? named(token.value) : called(token);
      case "sign": {
        if (token.value !== "(") throw malformed();
        const inner = level(0);
        expect(")");
        return inner;
      }
      default:
        return token satisfies never;
    }
  }

  function named(key: string): Node {
    const found = field(key);
    if (found !== undefined) return { kind: "field", field: found };
    unknown.push(key.toLowerCase());
    return { kind: "value", value: null };
  }

  function called({ value: name }: Token & { kind: "word" }): Node {
    const call = functions[name.toUpperCase()];
    if (call === undefined) throw invalidFormula(`Unknown function names: ${name.toUpperCase()}`);
    const given: Node[] = [];
    if (accept(")") === undefined) {
      do given.push(level(0));
      while (accept(",") !== undefined);
      expect(")");
    }
    const [least, most] = call.takes;
    if (given.length < least || given.length > most) throw malformed();
    return { kind: "call", call, given };
  }

  const whole = level(0);
  if (rest.length > 0) throw malformed();
  if (unknown.length > 0) throw invalidFormula(`Unknown field names: ${unknown.join(", ")}`);
  return whole;
}
