import type { Request } from "../http.ts";
import { type FieldProblem, invalidBody, refuse } from "./problems.ts";

export type JsonObject = Record<string, unknown>;

export const isObject = (value: unknown): value is JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** What a key may hold: a type as JSON Schema has it, or one of a few words. */
export type Schema = Record<string, "string" | "boolean" | "object" | "array" | readonly string[]>;

export function bodyOf(request: Request, schema: Schema, required: readonly string[]): JsonObject {
  let value: unknown;
  try {
    value = JSON.parse(request.body);
  } catch {
    throw refuse("JSON Parse Error", "We encountered an unspecified JSON parsing error.");
  }
  return checkedObject(value, schema, required);
}

/** Refuses wrong types, words that are not among those accepted, and keys nobody knows. */
export function checkedObject(
  value: unknown,
  schema: Schema,
  required: readonly string[],
  at = "",
): JsonObject {
  if (!isObject(value)) throw invalidBody({ field: at, message: describes("object", value) });
  const missing = required.filter((key) => value[key] === undefined);
  const problems: FieldProblem[] =
    missing.length === 0
      ? []
      : [{ field: at, message: `Required fields were not provided: ${missing.join(", ")}` }];
  for (const [key, given] of Object.entries(value)) {
    const message = problemWith(schema[key], given);
    if (message !== null) problems.push({ field: at === "" ? key : `${at}.${key}`, message });
  }
  if (problems.length > 0) throw invalidBody(...problems);
  return value;
}

function problemWith(expected: Schema[string] | undefined, given: unknown): string | null {
  // Unverified: how Mailchimp words that, and whether it does not pass over some such keys.
  if (expected === undefined) return "This field was not expected.";
  if (typeof expected === "string") return typeOf(given) === expected ? null : describes(expected, given); // prettier-ignore
  if (typeof given !== "string") return describes("string", given);
  return expected.includes(given)
    ? null
    : `Data presented is not one of the accepted values: ${expected.join(", ")}.`;
}

const describes = (expected: string, given: unknown) =>
  `Schema describes ${expected}, ${typeOf(given)} found instead`;

/** The names that PHP has for types. */
function typeOf(value: unknown): string {
  if (value === null || value === undefined) return "NULL";
  if (Array.isArray(value)) return "array";
  if (typeof value === "number") return Number.isInteger(value) ? "integer" : "double";
  return typeof value;
}

/** `true` in an address: what is there and is not "false". */
export const isSet = ({ query }: Request, name: string): boolean =>
  ["true", "1"].includes(query.get(name) ?? "");
