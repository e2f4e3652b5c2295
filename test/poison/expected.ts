import type { FieldKind } from "#domain/entities/entity.ts";
import { exactly } from "./exactly.ts";

/** What must become of one value: refused with one of these codes, or written so that it says the same. */
export type Verdict = { codes: readonly string[]; same(written: unknown): boolean };

/** A value as the tool sent it, read by nothing of ours. */
export type Sent =
  | { is: "text"; text: string }
  /** Bytes that are no UTF-8. */
  | { is: "no text" }
  | { is: "number"; written: string }
  | { is: "boolean"; value: boolean }
  | { is: "null" }
  | { is: "list or object" };

export function read(json: Buffer): Sent {
  const text = json.toString();
  if (!Buffer.from(text).equals(json)) return { is: "no text" };
  const value: unknown = JSON.parse(text);
  if (typeof value === "string") return { is: "text", text: value };
  if (typeof value === "number") return { is: "number", written: text };
  if (typeof value === "boolean") return { is: "boolean", value };
  return { is: value === null ? "null" : "list or object" };
}

const character = "BAD_CHARACTER";
const absent = (written: unknown): boolean => written === undefined;
const never = (): boolean => false;

/** `must`: it is refused, and these are the codes that say why. */
const must = (...codes: string[]): Verdict => ({ codes, same: never });
const written = (same: (value: unknown) => boolean, ...codes: string[]): Verdict => ({ codes, same }); // prettier-ignore

/** Codes a kind of field refuses a value with. */
const codesOf: Record<Exclude<FieldKind["kind"], "lines" | "content">, readonly string[]> = {
  text: [],
  url: [],
  email: ["BAD_EMAIL"],
  phone: ["BAD_PHONE"],
  country: ["BAD_COUNTRY"],
  currency: ["BAD_CURRENCY"],
  boolean: ["BAD_BOOLEAN"],
  choice: ["BAD_CHOICE"],
  number: ["BAD_NUMBER"],
  money: ["BAD_NUMBER"],
  date: ["BAD_DATE"],
  instant: ["BAD_DATE"],
  reference: ["BAD_REFERENCE"],
};
type Kind = keyof typeof codesOf;

/** Fields whose value is a text of its own, in which every character counts. */
const texts: ReadonlySet<Kind> = new Set(["text", "url", "email", "phone", "country", "currency", "reference"]); // prettier-ignore

export function verdictOn(kind: Kind, sent: Sent): Verdict {
  const own = codesOf[kind];
  switch (sent.is) {
    case "null":
      return written(absent);
    case "list or object":
      return must(...(own.length === 0 || texts.has(kind) ? ["BAD_TEXT", ...own] : own));
    case "no text":
      return must(...(texts.has(kind) ? [character] : own));
    case "boolean":
      return verdictOnText(kind, String(sent.value));
    case "number":
      return verdictOnText(kind, sent.written);
    case "text":
      return verdictOnText(kind, sent.text);
    default:
      return sent satisfies never;
  }
}

function verdictOnText(kind: Kind, given: string): Verdict {
  const own = codesOf[kind];
  if (isBroken(given)) return must(...(texts.has(kind) ? [character] : own));
  const text = given.trim();
  if (saysNothing(kind, text)) return written(absent);
  if (kind === "text" || kind === "url") return written((value) => value === text.normalize("NFC"));
  // No flow brings what it refers to: that is left out, as it would be for any id.
  if (kind === "reference") return Buffer.byteLength(text) > 512 ? must(...own) : written(absent);
  const codes = plainly[kind]?.test(text) === true ? [] : own;
  return written((value) => exactly(kind, text, value), ...codes);
}

const saysNothing = (kind: Kind, text: string): boolean =>
  text === "" || ((kind === "date" || kind === "instant") && text.startsWith("0000-00-00"));

/** What nobody could call wrong, and so must not be refused. */
const plainly: Partial<Record<Kind, RegExp>> = {
  email: /^[a-z0-9_+-]{1,60}@[a-z0-9]{1,40}\.[a-z]{2,10}$/i,
  number: /^-?\d{1,25}(\.\d{1,10})?$/,
  money: /^-?\d{1,25}(\.\d{1,10})?$/,
  date: /^20\d\d-(0[1-9]|1[0-2])-(0[1-9]|1\d|2[0-8])$/,
  instant: /^20\d\d-(0[1-9]|1[0-2])-(0[1-9]|1\d|2[0-8])T([01]\d|2[0-3]):[0-5]\d:[0-5]\dZ$/,
  country: /^(FR|DE|US|France)$/,
  currency: /^(EUR|USD|eur)$/,
};

/** NUL, half a character, or a heap of accents. */
const isBroken = (text: string): boolean =>
  text.includes("\0") || !text.isWellFormed() || /\p{M}{101}/u.test(text.slice(0, 5_000));
