import {
  invalidEmail,
  invalidEnumeration,
  invalidLength,
  invalidString,
  unsupportedProperty,
} from "../errors.ts";
import { isObject, type Values } from "./values.ts";

export type Fields = Record<string, Field>;

export type Field =
  | { kind: "text"; max: number }
  | { kind: "name"; max: number }
  | { kind: "email"; max: number }
  | { kind: "flag" }
  | { kind: "number" }
  /** A day: 2026-11-30. */
  | { kind: "date" }
  | { kind: "option"; options: readonly string[] }
  | { kind: "object"; fields: Fields }
  /** Of objects with these fields, or of anything. */
  | { kind: "list"; of: Fields | null }
  | { kind: "ignored" };

export const text = (max: number): Field => ({ kind: "text", max });
export const name = (max: number): Field => ({ kind: "name", max });
export const object = (fields: Fields): Field => ({ kind: "object", fields });
export const option = (...options: string[]): Field => ({ kind: "option", options });
export const list = (of: Fields | null = null): Field => ({ kind: "list", of });
export const flag: Field = { kind: "flag" };
export const number: Field = { kind: "number" };
export const date: Field = { kind: "date" };
export const ignored: Field = { kind: "ignored" };

/** The writable values of a request; throws the fault that QuickBooks would tell. */
export function valuesOf(entity: string, given: Values, fields: Fields): Values {
  const values: Values = {};
  for (const [key, value] of Object.entries(given)) {
    const field = fields[key];
    if (field === undefined) {
      throw unsupportedProperty(
        `Unrecognized field "${key}" (class com.intuit.schema.finance.v3.${entity}), not marked as ignorable`,
      );
    }
    if (field.kind === "ignored") continue;
    values[key] = value === null ? null : valueOf(entity, key, value, field);
  }
  return values;
}

type Writable = Exclude<Field, { kind: "ignored" }>;
type Text = Extract<Field, { kind: "text" | "name" | "email" }>;

function valueOf(entity: string, key: string, value: unknown, field: Writable): unknown {
  switch (field.kind) {
    case "text":
    case "name":
    case "email":
      return textOf(key, value, field);
    case "date":
      return day(key, value);
    case "option":
      if (field.options.includes(String(value))) return value;
      throw invalidEnumeration(key, String(value));
    case "flag":
    case "number":
      return typed(key, value, field.kind);
    case "list":
      return listOf(key, typed(key, value, "list") as unknown[], field.of);
    case "object":
      return valuesOf(entity, typed(key, value, "object") as Values, field.fields);
    default:
      return field satisfies never;
  }
}

const listOf = (key: string, items: unknown[], of: Fields | null): unknown[] =>
  of === null
    ? items
    : items.map((item) => valuesOf(key, typed(key, item, "object") as Values, of));

function textOf(key: string, value: unknown, { kind, max }: Text): string {
  const given = fitting(key, value, max);
  if (kind === "name") {
    const trimmed = given.trim();
    if (/[:\t\n]/.test(trimmed)) throw invalidString(key);
    return trimmed;
  }
  if (kind === "email" && given !== "" && !EMAIL.test(given)) throw invalidEmail(given);
  return given;
}

const TYPES = {
  flag: (value: unknown) => typeof value === "boolean",
  number: (value: unknown) => typeof value === "number",
  list: (value: unknown) => Array.isArray(value),
  object: isObject,
  text: (value: unknown) => typeof value === "string",
};

function typed(key: string, value: unknown, wanted: keyof typeof TYPES): unknown {
  if (TYPES[wanted](value)) return value;
  throw unsupportedProperty(`Can not deserialize ${key}: a ${wanted} was expected, which`);
}

/** Zones that some send along are cut off, as QuickBooks does (unverified). */
function day(key: string, value: unknown): string {
  const given = typed(key, value, "text") as string;
  const [plain = ""] = /^\d{4}-\d{2}-\d{2}/.exec(given) ?? [];
  if (given === "" || (plain !== "" && !Number.isNaN(Date.parse(plain)))) return plain;
  throw unsupportedProperty(
    `Can not construct instance of java.util.Date from String value '${given}' for ${key}, which`,
  );
}

const EMAIL = /^[^\s@,;:]+@[a-z0-9-]+(\.[a-z0-9-]+)+$/i;

function fitting(key: string, value: unknown, max: number): string {
  const given = typed(key, value, "text") as string;
  if (given.length > max) throw invalidLength(key, max, given.length);
  return given;
}
