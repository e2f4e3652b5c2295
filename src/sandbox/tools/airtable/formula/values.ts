/** What a formula works with. A date is an instant; several links or options are a list of texts. */
export type Value = string | number | boolean | null | string[] | { at: number };

/** What Airtable shows as #ERROR!; a filter takes it for false. */
export class FormulaError extends Error {
  override readonly name = "FormulaError";
}

export const isDate = (value: Value): value is { at: number } =>
  typeof value === "object" && value !== null && !Array.isArray(value);

export function textOf(value: Value): string {
  if (value === null) return "";
  if (Array.isArray(value)) return value.join(", ");
  if (isDate(value)) return new Date(value.at).toISOString();
  if (typeof value === "boolean") return value ? "1" : "0";
  return String(value);
}

export function numberOf(value: Value): number {
  if (value === null || value === "") return 0;
  if (typeof value === "number") return value;
  if (typeof value === "boolean") return value ? 1 : 0;
  throw new FormulaError("not a number");
}

/** A text is read as ISO 8601; without a zone it is UTC. */
export function dateOf(value: Value): number {
  if (isDate(value)) return value.at;
  const text = textOf(value);
  const zoned = /[zZ]$|[+-]\d\d:?\d\d$/.test(text) || /^\d{4}-\d\d-\d\d$/.test(text);
  const at = /^\d{4}-\d\d-\d\d/.test(text) ? Date.parse(zoned ? text : `${text}Z`) : NaN;
  if (Number.isNaN(at)) throw new FormulaError("not a date");
  return at;
}

/** Left out are 0, false, "", NaN and empty lists. Source: the list-records page. */
export const isTrue = (value: Value): boolean => {
  if (Array.isArray(value)) return value.length > 0;
  return value !== null && value !== 0 && value !== false && value !== "" && !Number.isNaN(value);
};

/** Blank equals "", 0 and an unticked box; a date equals a text only where it is written in full. */
export function isEqual(left: Value, right: Value): boolean {
  if (isDate(left) && isDate(right)) return left.at === right.at;
  if (typeof left === "string" || typeof right === "string") return textOf(left) === textOf(right);
  if (isPlain(left) && isPlain(right)) return numberOf(left) === numberOf(right);
  return textOf(left) === textOf(right);
}

const isPlain = (value: Value): value is number | boolean | null =>
  value === null || typeof value === "number" || typeof value === "boolean";

/** Below zero where the left one comes first. Dates with dates or texts, texts with texts, else numbers. */
export function order(left: Value, right: Value): number {
  if (isDate(left) || isDate(right)) return dateOf(left) - dateOf(right);
  if (typeof left === "string" && typeof right === "string")
    return left < right ? -1 : Number(left > right);
  return numberOf(left) - numberOf(right);
}
