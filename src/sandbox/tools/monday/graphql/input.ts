import type { Input, NamedType, Schema } from "./schema.ts";
import { type TypeRef, typeText, type Value } from "./syntax.ts";

/** What is wrong with a value, in GraphQL's usual words; the value itself otherwise. */
export type Read = { value: unknown } | { problem: string };

/** Reads a value given as JSON in the variables. */
export function readJson(schema: Schema, type: TypeRef, value: unknown): Read {
  if (type.kind === "required") {
    return value === null || value === undefined
      ? { problem: `Expected non-nullable type "${typeText(type)}" not to be null.` }
      : readJson(schema, type.of, value);
  }
  if (value === null || value === undefined) return { value: null };
  if (type.kind === "list")
    return all(Array.isArray(value) ? value : [value], (item) => readJson(schema, type.of, item));
  const named = schema.get(type.name);
  if (named?.kind === "input") {
    if (typeof value !== "object")
      return { problem: `Expected type "${type.name}" to be an object.` };
    return fieldsRead(named.name, named.fields, value as Record<string, unknown>, (own, part) =>
      readJson(schema, own, part),
    );
  }
  return leaf(named, value, JSON.stringify(value));
}

/** Reads a value written in the document, with the variables already read. */
export function readLiteral(
  schema: Schema,
  type: TypeRef,
  value: Value,
  variables: ReadonlyMap<string, unknown>,
): Read {
  if (value.kind === "variable") return { value: variables.get(value.name) };
  if (type.kind === "required") {
    return value.kind === "null"
      ? { problem: `Expected value of type "${typeText(type)}", found null.` }
      : readLiteral(schema, type.of, value, variables);
  }
  if (value.kind === "null") return { value: null };
  if (type.kind === "list")
    return all(value.kind === "list" ? value.items : [value], (item) =>
      readLiteral(schema, type.of, item, variables),
    );
  return readNamed(schema, type.name, value, variables);
}

function readNamed(
  schema: Schema,
  name: string,
  value: Value,
  variables: ReadonlyMap<string, unknown>,
): Read {
  const named = schema.get(name);
  if (named?.kind === "input") {
    if (value.kind !== "object")
      return { problem: `Expected value of type "${name}", found ${shown(value)}.` };
    const given = Object.fromEntries(value.fields.map((field) => [field.name, field.value]));
    return fieldsRead(name, named.fields, given, (type, part) =>
      readLiteral(schema, type, part, variables),
    );
  }
  // Digits stay digits: an id may be longer than numbers are exact.
  if (name === "ID" && value.kind === "int") return { value: value.text };
  const isEnum = named?.kind === "enum";
  if (isEnum && value.kind !== "enum")
    return { problem: `Enum "${name}" cannot represent non-enum value: ${shown(value)}.` };
  if (!isEnum && value.kind === "enum" && !FREE.includes(name))
    return { problem: `${name} cannot represent value: ${value.text}` };
  return leaf(named, plain(value, variables), shown(value));
}

/** These take anything, whatever it looks like. */
const FREE = ["JSON", "CompareValue"];

function leaf(type: NamedType | undefined, value: unknown, words: string): Read {
  if (type?.kind === "enum") {
    if (typeof value === "string" && type.values.includes(value)) return { value };
    return { problem: `Value ${words} does not exist in "${type.name}" enum.` };
  }
  if (type?.kind !== "scalar") return { problem: `Unknown type.` };
  if (!type.accepts(value)) return { problem: `${type.name} cannot represent value: ${words}` };
  return { value: type.name === "ID" ? String(value) : value };
}

function all<Item>(items: Item[], read: (item: Item) => Read): Read {
  const values: unknown[] = [];
  for (const item of items) {
    const one = read(item);
    if ("problem" in one) return one;
    values.push(one.value);
  }
  return { value: values };
}

function fieldsRead<Part>(
  name: string,
  fields: ReadonlyMap<string, Input>,
  given: Record<string, Part>,
  read: (type: TypeRef, part: Part) => Read,
): Read {
  const stranger = Object.keys(given).find((field) => !fields.has(field));
  if (stranger !== undefined)
    return { problem: `Field "${stranger}" is not defined by type "${name}".` };
  const value: Record<string, unknown> = {};
  for (const [field, { type, otherwise }] of fields) {
    const part = given[field];
    const one: Read = part === undefined ? { value: undefined } : read(type, part);
    if ("problem" in one) return one;
    // A variable that was not given leaves its place as empty as no word at all.
    const known = one.value === undefined ? otherwise : one.value;
    if (known !== undefined) value[field] = known;
    else if (type.kind === "required")
      return { problem: `Field "${name}.${field}" of required type "${typeText(type)}" was not provided.` }; // prettier-ignore
  }
  return { value };
}

/** A written value as JSON. */
function plain(value: Value, variables: ReadonlyMap<string, unknown>): unknown {
  switch (value.kind) {
    case "variable":
      return variables.get(value.name);
    case "int":
    case "float":
      return Number(value.text);
    case "string":
    case "enum":
      return value.text;
    case "boolean":
      return value.value;
    case "null":
      return null;
    case "list":
      return value.items.map((item) => plain(item, variables));
    case "object":
      return Object.fromEntries(value.fields.map((field) => [field.name, plain(field.value, variables)])); // prettier-ignore
    default:
      return value satisfies never;
  }
}

function shown(value: Value): string {
  if (value.kind === "variable") return `$${value.name}`;
  if (value.kind === "string") return JSON.stringify(value.text);
  if (value.kind === "list" || value.kind === "object") return JSON.stringify(plain(value, new Map())); // prettier-ignore
  if (value.kind === "null") return "null";
  return value.kind === "boolean" ? String(value.value) : value.text;
}
