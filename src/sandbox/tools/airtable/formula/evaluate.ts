import type { Field } from "../schema.ts";
import type { Scope } from "./call.ts";
import type { Node, Operator } from "./parse.ts";
import { FormulaError, isEqual, isTrue, numberOf, order, textOf, type Value } from "./values.ts";

/** A record as a formula sees it. */
export type Reading = Scope & { cell(field: Field): Value };

/** @throws FormulaError for what Airtable shows as #ERROR! */
export function evaluate(node: Node, record: Reading): Value {
  switch (node.kind) {
    case "value":
      return node.value;
    case "field":
      return record.cell(node.field);
    case "negative":
      return -numberOf(evaluate(node.of, record));
    case "call":
      return node.call.work(
        node.given.map((one) => () => evaluate(one, record)),
        record,
      );
    case "binary":
      return combined(node.operator, evaluate(node.left, record), evaluate(node.right, record));
    default:
      return node satisfies never;
  }
}

/** Whether the record stays in the list; one for which the formula fails does not. */
export function passes(node: Node, record: Reading): boolean {
  try {
    return isTrue(evaluate(node, record));
  } catch (error) {
    if (error instanceof FormulaError) return false;
    throw error;
  }
}

const WORK: Record<Operator, (left: Value, right: Value) => Value> = {
  "=": isEqual,
  "!=": (left, right) => !isEqual(left, right),
  "<": (left, right) => order(left, right) < 0,
  ">": (left, right) => order(left, right) > 0,
  "<=": (left, right) => order(left, right) <= 0,
  ">=": (left, right) => order(left, right) >= 0,
  "&": (left, right) => textOf(left) + textOf(right),
  "+": (left, right) => numberOf(left) + numberOf(right),
  "-": (left, right) => numberOf(left) - numberOf(right),
  "*": (left, right) => numberOf(left) * numberOf(right),
  "/": (left, right) => numberOf(left) / numberOf(right),
};

const combined = (operator: Operator, left: Value, right: Value): Value =>
  WORK[operator](left, right);
