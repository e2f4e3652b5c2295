import { accepted, type FieldKind } from "#domain/entities/entity.ts";
import { decimalText } from "#domain/decimal.ts";
import { isLines, type Line, type Plain, type Value } from "#domain/fields.ts";

type Checked = { ok: true; value: Value } | { ok: false; message: string };

/**
 * Whether a value a person typed is what its field takes, and its one spelling. The message ends the
 * sentence "Phone …" and never repeats the value.
 */
export function checkField(type: FieldKind, typed: Value): Checked {
  if (typed === null || typed === "") return { ok: true, value: null };
  const value = typeof typed === "string" ? typed.normalize("NFC").trim() : typed;
  const spelled =
    type.kind === "lines"
      ? rows(type.fields, value)
      : isLines(value)
        ? null
        : spelling(type, value);
  return spelled === null
    ? { ok: false, message: `must be ${accepted(type)}` }
    : { ok: true, value: spelled === "" ? null : spelled };
}

type Lines = Extract<FieldKind, { kind: "lines" }>;
type Single = Exclude<FieldKind, Lines>;

/** Null where the field does not take it. */
function spelling(type: Single, value: string | boolean): string | boolean | null {
  if (type.kind === "boolean") return yesOrNo(value);
  if (typeof value !== "string") return null;
  if (type.kind === "choice")
    return type.of.find((choice) => choice === value.toLowerCase()) ?? null;
  return texts[type.kind](value);
}

const texts: Record<
  Exclude<Single["kind"], "boolean" | "choice">,
  (value: string) => string | null
> = {
  text: (value) => (value.length <= 10_000 && /^[^\0\p{Cs}]*$/u.test(value) ? value : null),
  email: (value) => email(value),
  phone: (value) => phone(value),
  url: (value) => (isWebAddress(value) ? value : null),
  country: (value) => (isCountry(value.toUpperCase()) ? value.toUpperCase() : null),
  currency: (value) => (isCurrency(value.toUpperCase()) ? value.toUpperCase() : null),
  number: decimalText,
  money: decimalText,
  date: (value) => temporal(value, (text) => Temporal.PlainDate.from(text, { overflow: "reject" })),
  instant: (value) => temporal(value, Temporal.Instant.from),
  reference: (value) => (/^[^\s\0]{1,512}$/u.test(value) ? value : null),
  // A file's content is what the tool says it is.
  content: () => null,
};

function temporal(text: string, parse: (text: string) => { toString(): string }): string | null {
  try {
    return parse(text).toString();
  } catch {
    return null;
  }
}

/** One row a line, its parts between bars, as `valueText` writes them. */
function rows(fields: Lines["fields"], value: Value): readonly Line[] | null {
  const names = Object.keys(fields);
  const given = isLines(value)
    ? value.map((line) => names.map((name) => line[name] ?? null))
    : typeof value === "string"
      ? value.split("\n").map((line) => line.split("|").map((part) => part.trim()))
      : null;
  const checked = given?.map((parts) => row(fields, names, parts));
  return checked === undefined || checked.includes(null) ? null : (checked as Line[]);
}

function row(
  fields: Lines["fields"],
  names: readonly string[],
  parts: readonly Plain[],
): Line | null {
  if (parts.length > names.length) return null;
  const line: Record<string, Plain> = {};
  for (const [index, name] of names.entries()) {
    const type = fields[name]?.type ?? { kind: "text" };
    const part = parts[index] ?? "";
    const spelled = part === "" ? null : spelling(type, part);
    if (part !== "" && spelled === null) return null;
    line[name] = spelled;
  }
  return line;
}

function yesOrNo(value: string | boolean): boolean | null {
  if (typeof value === "boolean") return value;
  if (/^(yes|true)$/i.test(value)) return true;
  return /^(no|false)$/i.test(value) ? false : null;
}

/** RFC 5321: at most 64 octets before the at sign and 254 in all; the domain in small letters. */
function email(value: string): string | null {
  const parts = /^([^\s@"(),:;<>[\\\]]+)@([^\s@.]+(?:\.[^\s@.]+)+)$/u.exec(value);
  const [, local = "", domain = ""] = parts ?? [];
  if (parts === null || local.length > 64 || value.length > 254) return null;
  if (/^\.|\.\.|\.$/.test(local) || !/^[\p{L}\p{N}.-]+$/u.test(domain)) return null;
  return `${local}@${domain.toLowerCase()}`;
}

/** E.164: a plus, a country that does not begin with zero, at most fifteen digits. */
function phone(value: string): string | null {
  if (!/^(\+|00)[\d\s().\-/\u00a0]+$/.test(value)) return null;
  const digits = value
    .replace(/^00/, "+")
    .replace(/\(0\)/, "")
    .replace(/[^\d+]/g, "");
  return /^\+[1-9]\d{6,14}$/.test(digits) ? digits : null;
}

/** Whether it is an http or https address with a host, and without user and password. */
export function isWebAddress(value: string): boolean {
  const url = URL.canParse(value) ? new URL(value) : null;
  if (url === null || !/^https?:$/.test(url.protocol)) return false;
  return url.username === "" && url.password === "" && url.hostname !== "";
}

const isCountry = (code: string): boolean =>
  /^[A-Z]{2}$/.test(code) &&
  new Intl.DisplayNames("en", { type: "region", fallback: "none" }).of(code) !== undefined;

const isCurrency = (code: string): boolean => Intl.supportedValuesOf("currency").includes(code);
