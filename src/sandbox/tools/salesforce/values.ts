import { unreadable } from "./errors.ts";
import { familyOf, type Field, type Kind, type Value } from "./fields.ts";
import { instantIn, isDate } from "./time.ts";

/**
 * The value that is stored for one given in JSON: texts trimmed, nothing as null. Refuses, as the
 * parser of the interface does, what is of another type.
 */
export function parsed({ kind }: Field, given: unknown): Value {
  if (given === null) return kind.type === "boolean" ? false : null;
  const value = read(kind, given);
  if (value === undefined) throw cannotRead(kind, given);
  return value;
}

const WHOLE = /^[+-]?\d+$/;
const DECIMAL = /^[+-]?(\d+\.?\d*|\.\d+)$/;

type Reader = (given: unknown) => Value | undefined;

const textual =
  (read: (text: string) => Value | undefined): Reader =>
  (given) =>
    typeof given === "string" ? read(given) : undefined;

/** Each undefined where the value is of the wrong type. */
const readers: Record<(typeof familyOf)[Kind["type"]], Reader> = {
  id: textual((text) => orNull(text.trim())),
  text: textual((text) => orNull(text.trim())),
  flag: (given) => (typeof given === "boolean" ? given : undefined),
  number: (given) => numberIn(given, DECIMAL),
  date: textual((text) => (isDate(text) ? text : undefined)),
  datetime: textual(instantIn),
  address: () => undefined,
};

const read = ({ type }: Kind, given: unknown): Value | undefined =>
  type === "int" ? numberIn(given, WHOLE) : readers[familyOf[type]](given);

const orNull = (text: string): string | null => (text === "" ? null : text);

/** Numbers may be given as texts, as long as they are nothing but a number. */
function numberIn(given: unknown, shape: RegExp): number | undefined {
  const text = typeof given === "string" || typeof given === "number" ? String(given) : "";
  return shape.test(text) ? Number(text) : undefined;
}

function cannotRead(kind: Kind, given: unknown): Error {
  const isValue = ["string", "number", "boolean"].includes(typeof given);
  const value = isValue ? ` value ${String(given)}` : "";
  return unreadable(
    `Cannot deserialize instance of ${kind.type} from ${tokenOf(given)}${value} or request may be missing a required field at [line:1, column:1]`,
  );
}

function tokenOf(given: unknown): string {
  if (typeof given === "string") return "VALUE_STRING";
  if (typeof given === "boolean") return given ? "VALUE_TRUE" : "VALUE_FALSE";
  if (typeof given === "number")
    return Number.isInteger(given) ? "VALUE_NUMBER_INT" : "VALUE_NUMBER_FLOAT";
  return Array.isArray(given) ? "START_ARRAY" : "START_OBJECT";
}
