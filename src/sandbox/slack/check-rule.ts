import { isFields, type Fields } from "./fields.ts";
import type { Problem } from "./problems.ts";
import type { Rule, Shape, Table } from "./rules.ts";

type Found = Problem[];
type RuleOf<Kind extends Rule["kind"]> = Extract<Rule, { kind: Kind }>;

/** What is wrong with the value under the rule; pointers begin with `at`. */
function checkRule(value: unknown, rule: Rule, at: string): Found {
  switch (rule.kind) {
    case "text":
      return checkText(value, rule, at);
    case "choice":
      return checkChoice(value, rule, at);
    case "number":
      return checkNumber(value, rule, at);
    case "flag":
      return typeof value === "boolean" ? [] : wrongType(at, "boolean");
    case "words":
      return checkWords(value, rule, at);
    case "list":
      return checkList(value, rule, at);
    case "object":
      return isFields(value) ? checkShape(value, rule.shape, at, []) : wrongType(at, "object");
    case "typed":
      return checkTyped(value, rule.table(), rule.types, at);
  }
  rule satisfies never;
}

/** As `checkRule`, for an object whose further members (`besides`) are looked at elsewhere. */
export function checkShape(value: Fields, shape: Shape, at: string, besides: string[]): Found {
  const { needs, may, some, one } = shape;
  const has = (name: string) => value[name] !== undefined && value[name] !== null;
  const absent = Object.keys(needs).filter((name) => !has(name));
  const found = absent.map((name) => missing(at, name));
  const rules = new Map([...Object.entries(may), ...Object.entries(needs)]);
  for (const [name, member] of Object.entries(value)) {
    const rule = rules.get(name);
    if (!rule && !besides.includes(name)) found.push(unknownMember(at, name));
    if (rule && has(name)) found.push(...checkRule(member, rule, `${at}/${name}`));
  }
  if (some && !some.some(has)) found.push(missing(at, some.join(" or ")));
  if (one && one.filter(has).length !== 1) found.push(notOne(at, one));
  return found;
}

export function checkTyped(
  value: unknown,
  table: Table,
  types: readonly string[],
  at: string,
): Found {
  if (!isFields(value)) return wrongType(at, "object");
  const type = value["type"];
  if (type === undefined) return [missing(at, "type")];
  const shape = typeof type === "string" && types.includes(type) ? table[type] : undefined;
  if (shape) return checkShape(value, shape, at, ["type"]);
  return [problem("invalid_type", `unsupported type: ${String(type)}`, `${at}/type`, types.join())];
}

export function problem(
  code: string,
  message: string,
  pointer: string,
  constraint: string | number | null = null,
): Problem {
  const field = pointer.slice(pointer.lastIndexOf("/") + 1);
  return { code, message, field, pointer, constraint };
}

function checkText(value: unknown, { min, max }: RuleOf<"text">, at: string): Found {
  if (typeof value !== "string") return wrongType(at, "string");
  if (value.length > max) {
    return [problem("too_long", `must be less than ${max + 1} characters`, at, max)];
  }
  if (value.length < min) {
    return [problem("too_short", `must be more than ${min - 1} characters`, at, min)];
  }
  return [];
}

function checkChoice(value: unknown, { of }: RuleOf<"choice">, at: string): Found {
  if (of.some((allowed) => allowed === value)) return [];
  return [problem("invalid_value", `must be one of: ${of.join(", ")}`, at, of.join())];
}

function checkNumber(value: unknown, { min, max }: RuleOf<"number">, at: string): Found {
  if (typeof value !== "number") return wrongType(at, "number");
  if (value > max) return [problem("too_large", `must be at most ${max}`, at, max)];
  return value < min ? [problem("too_small", `must be at least ${min}`, at, min)] : [];
}

function checkWords(value: unknown, { plainOnly, min, max }: RuleOf<"words">, at: string): Found {
  const length: Rule = { kind: "text", min, max };
  const plainText: Shape = { needs: { text: length }, may: { emoji: { kind: "flag" } } };
  const mrkdwn: Shape = { needs: { text: length }, may: { verbatim: { kind: "flag" } } };
  const types = plainOnly ? ["plain_text"] : ["plain_text", "mrkdwn"];
  return checkTyped(value, { plain_text: plainText, mrkdwn }, types, at);
}

function checkList(value: unknown, { of, min, max }: RuleOf<"list">, at: string): Found {
  if (!Array.isArray(value)) return wrongType(at, "array");
  if (value.length > max) {
    return [problem("too_many_items", `no more than ${max} items allowed`, at, max)];
  }
  if (value.length < min) {
    return [problem("too_few_items", `no fewer than ${min} items allowed`, at, min)];
  }
  return value.flatMap((item, n) => checkRule(item, of, `${at}/${n}`));
}

const wrongType = (at: string, wanted: string): Found => [
  problem(
    "wrong_type",
    `must provide ${/^[aeiou]/.test(wanted) ? "an" : "a"} ${wanted}`,
    at,
    wanted,
  ),
];

const missing = (at: string, name: string): Problem => ({
  ...problem("missing_field", `missing required field: ${name}`, at),
  field: name,
});

const unknownMember = (at: string, name: string): Problem =>
  problem("unknown_field", `invalid additional property: ${name}`, `${at}/${name}`);

const notOne = (at: string, names: string[]): Problem =>
  problem("not_one", `must have exactly one of: ${names.join(", ")}`, at, names.join());
