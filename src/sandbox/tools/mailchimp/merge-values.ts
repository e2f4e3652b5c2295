import type { Audience, MergeField, MergeType } from "./audiences.ts";
import { type FieldProblem, invalidMerges } from "./problems.ts";

export type Address = { addr1: string; addr2: string; city: string; state: string; zip: string; country: string }; // prettier-ignore
export type MergeValue = string | number | Address;
export type Merges = Record<string, MergeValue>;

const LONGEST_TEXT = 255;

/**
 * What a member will have: values that are named replace what is there, `""` empties (unverified). Tags
 * that the audience does not have are passed over in silence. One wrong value fails the whole record.
 */
export function mergedInto(
  audience: Audience,
  before: Merges,
  given: Record<string, unknown>,
  skipRequired: boolean,
): Merges {
  const after: Merges = {};
  const problems: FieldProblem[] = [];
  for (const field of audience.mergeFields) {
    const value = given[field.tag];
    const kept = before[field.tag];
    const checked = value === undefined ? (kept ?? "") : valueFor(field, value);
    const missing = field.required && !skipRequired && checked === "";
    if (checked === null || missing)
      problems.push({ field: field.tag, message: missing ? "Please enter a value" : wrong(field, value) }); // prettier-ignore
    else if (checked !== "") after[field.tag] = checked;
  }
  if (problems.length > 0) throw invalidMerges(problems);
  return after;
}

/** The value as it is kept; null where it is none. */
const valueFor = (field: MergeField, value: unknown): MergeValue | null =>
  value === "" || value === null ? "" : READ[field.type](value, field);

type Read = (value: unknown, field: MergeField) => MergeValue | null;

const matching =
  (shape: RegExp): Read =>
  (value) =>
    typeof value === "string" && shape.test(value) ? value : null;

const text: Read = (value) =>
  typeof value === "string" || typeof value === "number" ? cut(String(value)) : null;

/** Bytes beyond the 255th are gone, and nobody is told. */
function cut(value: string): string {
  const bytes = Buffer.from(value);
  if (bytes.length <= LONGEST_TEXT) return value;
  return bytes
    .subarray(0, LONGEST_TEXT)
    .toString("utf8")
    .replace(/\uFFFD$/, "");
}

const number: Read = (value) => {
  const read = typeof value === "string" ? Number(value) : value;
  return typeof read === "number" && Number.isFinite(read) ? read : null;
};

/** Country is not asked for; without it the address is in the United States. */
const address: Read = (value) => {
  if (typeof value !== "object" || value === null) return null;
  const given = value as Record<string, unknown>;
  const part = (name: string) => given[name] ?? "";
  const parts = ["addr1", "addr2", "city", "state", "zip", "country"].map(part);
  if (!parts.every((one) => typeof one === "string")) return null;
  const [addr1 = "", addr2 = "", city = "", state = "", zip = "", country = ""] = parts;
  if ([addr1, city, state, zip].includes("")) return null;
  return { addr1, addr2, city, state, zip, country: country === "" ? "US" : country };
};

/** Four orders of year, month and day; kept as YYYY-MM-DD. */
const date: Read = (value) => {
  if (typeof value !== "string") return null;
  const [, year, month, day] =
    /^(\d{4})[-/](\d\d)[-/](\d\d)$/.exec(value) ??
    reordered(/^(\d\d)\/(\d\d)\/(\d{4})$/.exec(value), [3, 1, 2]) ??
    reordered(/^(\d\d)-(\d\d)-(\d{4})$/.exec(value), [3, 2, 1]) ??
    [];
  const iso = `${year ?? ""}-${month ?? ""}-${day ?? ""}`;
  return Number.isNaN(Date.parse(iso)) || !new Date(iso).toISOString().startsWith(iso) ? null : iso;
};

const reordered = (match: RegExpExecArray | null, order: [number, number, number]) =>
  match === null ? null : ["", ...order.map((at) => match[at])];

const AMERICAN = /^\(?\d{3}\)?[-. ]?\d{3}[-. ]?\d{4}$/;

/** Ten digits where the field is set to the United States, so that +44 is refused; else anything. */
const phone: Read = (value, { phoneFormat }) =>
  typeof value === "string" && (phoneFormat !== "US" || AMERICAN.test(value)) ? value : null;

const READ: Record<MergeType, Read> = {
  text,
  number,
  address,
  phone,
  date,
  url: matching(/^https?:\/\/[^\s/]+\.[^\s]+$/),
  zip: matching(/^\d{5}$/),
  birthday: matching(/^(0[1-9]|1[0-2])\/(0[1-9]|[12]\d|3[01])$/),
  dropdown: (value, { choices = [] }) =>
    typeof value === "string" && choices.includes(value) ? value : null,
};

/** Of number, address and dropdown as recorded; the others are unverified. */
function wrong({ type, choices = [] }: MergeField, value: unknown): string {
  switch (type) {
    case "number":
      return "Please enter a number";
    case "address":
      return "Please enter a complete address";
    case "dropdown":
      return `Value must be one of: ${choices.join(", ")},  (not ${String(value)})`;
    case "date":
      return "Please enter a valid date";
    case "birthday":
      return "Please enter the month and day";
    case "phone":
      return "Please enter a valid phone number";
    case "url":
      return "Please enter a valid website address";
    case "zip":
      return "Please enter a zip code (5 digits)";
    case "text":
      return "Please enter a value";
    default:
      return type satisfies never;
  }
}
