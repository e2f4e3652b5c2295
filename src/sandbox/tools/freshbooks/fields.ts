import { isDecimal } from "./decimal.ts";
import { problem, type Problem } from "./errors.ts";
import { isDate } from "./time.ts";

export type Values = Record<string, unknown>;

/** What a field of an accounting record takes, and what it holds when it is emptied. */
export type Field =
  | { kind: "text"; max: number; empty: "" | null }
  | { kind: "email" | "country" | "currency" | "language" | "flag" | "count" | "date" | "percent" }
  | { kind: "choice"; values: readonly number[] }
  /** Told, and passed over where it is sent: FreshBooks sets it. */
  | { kind: "kept" };

export const text = (empty: "" | null = "", max = 255): Field => ({ kind: "text", max, empty });
export const kept: Field = { kind: "kept" };

type Checked = { value: unknown } | { errno: number; message: string };
const wrong = (errno: number, message: string): Checked => ({ errno, message });

/** 1015, 1016, 1031 and 1033 are listed without a description: their wording is unverified. */
const CHECKS: {
  [Kind in Field["kind"]]: (
    value: unknown,
    field: Extract<Field, { kind: Kind }>,
    name: string,
  ) => Checked;
} = {
  kept: (value) => ({ value }),
  text(value, { max, empty }) {
    if (value === null) return { value: empty };
    if (typeof value !== "string") return wrong(1004, "Value must be a string.");
    if (value.length > max) return wrong(1017, `Maximum length of ${String(max)} exceeded.`);
    return { value };
  },
  email(value) {
    if (value === null || value === "") return { value: "" };
    if (typeof value !== "string") return wrong(1004, "Value must be a string.");
    if (value.length > 255) return wrong(1017, "Maximum length of 255 exceeded.");
    return EMAIL.test(value) ? { value } : wrong(1004, "Email address is not valid.");
  },
  // Countries are names. That a code is refused is unverified; on an invoice it would be wrong in any case.
  country(value) {
    if (value === null) return { value: "" };
    if (typeof value !== "string") return wrong(1004, "Value must be a string.");
    if (value.length > 255) return wrong(1017, "Maximum length of 255 exceeded.");
    return CODE.test(value) ? wrong(1004, "Country must be the name of a country.") : { value };
  },
  currency(value) {
    if (typeof value === "string" && CURRENCIES.has(value)) return { value };
    return wrong(1004, "Currency code is not valid.");
  },
  language(value) {
    if (typeof value === "string" && /^[a-z]{2}(-[A-Za-z]{2,4})?$/.test(value)) return { value };
    return wrong(1004, "Language is not valid.");
  },
  flag: (value) =>
    typeof value === "boolean" ? { value } : wrong(1031, "Value must be a boolean."),
  count(value) {
    const whole = typeof value === "number" && Number.isSafeInteger(value) && value >= 0;
    return whole ? { value } : wrong(1015, "Value must be a whole number.");
  },
  date(value, _field, name) {
    if (value === null && name !== "create_date") return { value };
    if (typeof value === "string" && isDate(value)) return { value };
    return wrong(1033, "Value must be a date of the form YYYY-MM-DD.");
  },
  percent(value) {
    if (typeof value === "string" && isDecimal(value)) return { value };
    return wrong(1018, "Percent values should be strings formatted as decimals.");
  },
  choice(value, { values }) {
    if (typeof value === "number" && values.includes(value)) return { value };
    return wrong(1004, `Value must be one of ${values.join(", ")}.`);
  },
};

const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@.]+$/u;
const CODE = /^[A-Z]{2,3}$/;
const CURRENCIES: ReadonlySet<string> = new Set(Intl.supportedValuesOf("currency"));

/**
 * What may be written of what was sent, and everything that is wrong with it. That a field by an unknown
 * name is refused (1006, mapping error) is unverified.
 */
export function checked(
  object: string,
  fields: Readonly<Record<string, Field>>,
  given: Values,
): { values: Values; problems: Problem[] } {
  const values: Values = {};
  const problems: Problem[] = [];
  for (const [name, value] of Object.entries(given)) {
    const field = fields[name];
    if (field === undefined) {
      problems.push(problem(1006, name, `Unknown field '${name}'.`, object, shown(value)));
      continue;
    }
    if (field.kind === "kept") continue;
    const check = CHECKS[field.kind] as (value: unknown, field: Field, name: string) => Checked;
    const result = check(value, field, name);
    if ("value" in result) values[name] = result.value;
    else problems.push(problem(result.errno, name, result.message, object, shown(value)));
  }
  return { values, problems };
}

/** A value as it is told in an error. */
export const shown = (value: unknown): string =>
  typeof value === "string" ? value : (JSON.stringify(value) ?? "");

export const isObject = (value: unknown): value is Values =>
  typeof value === "object" && value !== null && !Array.isArray(value);
