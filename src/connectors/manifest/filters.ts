import { createHash } from "node:crypto";
import type { Json } from "#domain/json.ts";
import { countryOfPhone } from "../codecs/phone.ts";
import { jsonText } from "../json/lossless.ts";
import { textOf } from "../json/path.ts";

/** Something a placeholder's value may pass through on its way into a request: `{values|quoted}`. */
export type Filter = {
  about: string;
  /** Whether a value of a record is safe within a text once it has passed through. */
  quotes: boolean;
  /** What may stand in its brackets; a text says what is wrong. */
  check(args: string | null): string | null;
  apply(value: Json, args: string | null): Json;
};

const plainArgs = (args: string | null): string | null =>
  args === null ? null : "takes nothing in brackets";

const small = (value: Json): Json => (typeof value === "string" ? value.toLowerCase() : value);

const listOf = (value: Json): readonly Json[] => (Array.isArray(value) ? value : [value]);

/** Every filter. A new one is one entry here. */
export const filters: Readonly<Record<string, Filter>> = {
  quoted: {
    about: "Texts as literals of a query language: in single quotes, joined by commas.",
    quotes: true,
    check: plainArgs,
    apply: (value) =>
      listOf(value)
        .map((item) => `'${escaped(item, /[\\']/g)}'`)
        .join(", "),
  },
  double_quoted: {
    about: "The same in double quotes, as in a formula of Airtable's.",
    quotes: true,
    check: plainArgs,
    apply: (value) =>
      listOf(value)
        .map((item) => `"${escaped(item, /[\\"]/g)}"`)
        .join(", "),
  },
  json: {
    about: "A value as JSON text.",
    quotes: true,
    check: plainArgs,
    apply: (value) => jsonText(value),
  },
  lowercase: {
    about: "Texts in small letters, as some searches want them.",
    quotes: false,
    check: plainArgs,
    apply: (value) => (Array.isArray(value) ? value.map(small) : small(value)),
  },
  pairs: {
    about:
      "An object as a list of its members: {fields.values|pairs(field, value)} makes [{field: 2, value: x}] of {2: x}.",
    quotes: true,
    check: (args) =>
      namesIn(args).length === 2 ? null : "needs two names, such as (field, value)",
    apply(value, args) {
      const [key = "", member = ""] = namesIn(args);
      const members = isPlainObject(value) ? Object.entries(value) : [];
      return members.map(([name, one]) => ({ [key]: name, [member]: one }));
    },
  },
  json_without: {
    about: "The same without some of its members: json_without(name).",
    quotes: true,
    check: (args) => (args === null ? "needs the members to leave out, such as (name)" : null),
    apply(value, args) {
      const left = new Set((args ?? "").split(",").map((name) => name.trim()));
      return jsonText(
        Object.fromEntries(Object.entries(value ?? {}).filter(([name]) => !left.has(name))),
      );
    },
  },
  md5: {
    about:
      "The MD5 hash of a text that is put in small letters first, as Mailchimp names its members.",
    quotes: true,
    check: plainArgs,
    apply: (value) =>
      createHash("md5")
        .update((textOf(value) ?? "").toLowerCase())
        .digest("hex"),
  },
  epoch_ms: {
    about: "A point in time as milliseconds since 1970, in digits.",
    quotes: true,
    check: plainArgs,
    apply: (value) => String(instantIn(value).epochMilliseconds),
  },
  seconds: {
    about: "A point in time in whole seconds: 2026-11-23T09:41:00Z.",
    quotes: true,
    check: plainArgs,
    apply: (value) => instantIn(value).toString({ smallestUnit: "second" }),
  },
  offset: {
    about: "The same with an offset instead of the Z: 2026-11-23T09:41:00+00:00.",
    quotes: true,
    check: plainArgs,
    apply: (value) => instantIn(value).toString({ smallestUnit: "second" }).replace("Z", "+00:00"),
  },
  phone_country: {
    about: "The country a phone number with a + belongs to, as two capitals.",
    quotes: true,
    check: plainArgs,
    apply: (value) => countryOfPhone(textOf(value) ?? ""),
  },
  days_between: {
    about:
      "Of a record: the days from one of its dates to another, {record|days_between(date, due_date)}.",
    quotes: true,
    check: (args) =>
      (args ?? "").split(",").length === 2 ? null : "needs two fields, such as (date, due_date)",
    apply(value, args) {
      const [from, to] = (args ?? "").split(",").map((name) => dateIn(value, name.trim()));
      return from == null || to == null ? null : from.until(to).days;
    },
  },
  then: {
    about: "A fixed word where there is a value: then(drive).",
    quotes: true,
    check: (args) => (args === null ? "needs a word in its brackets" : null),
    apply: (_value, args) => args,
  },
  day: {
    about: "The day a point in time falls on, in UTC or in a zone: day(America/New_York).",
    quotes: true,
    check: (args) =>
      args === null || isZone(args) ? null : "may have a time zone in its brackets",
    apply: (value, args) =>
      instantIn(value)
        .toZonedDateTimeISO(args ?? "UTC")
        .toPlainDate()
        .toString(),
  },
};

const namesIn = (args: string | null): string[] =>
  (args ?? "")
    .split(",")
    .map((name) => name.trim())
    .filter((name) => /^[A-Za-z]\w*$/.test(name));

const isPlainObject = (value: Json): value is Readonly<Record<string, Json>> =>
  typeof value === "object" && value !== null && !Array.isArray(value) && !JSON.isRawJSON(value);

function dateIn(record: Json, field: string): Temporal.PlainDate | null {
  const value = typeof record === "object" && record !== null ? (record as Record<string, Json>)[field] : null; // prettier-ignore
  return typeof value === "string" && /^\d{4}-\d\d-\d\d/.test(value)
    ? Temporal.PlainDate.from(value.slice(0, 10))
    : null;
}

const instantIn = (value: Json): Temporal.Instant => Temporal.Instant.from(textOf(value) ?? "");

/**
 * The backslash is escaped as well as the quote, or a value that ends in one would take the closing
 * quote with it. Control characters cannot be in anything we look for.
 */
const escaped = (value: Json, signs: RegExp): string =>
  (textOf(value) ?? "").replace(/\p{Cc}/gu, " ").replace(signs, "\\$&");

function isZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat("en", { timeZone: name }).resolvedOptions().timeZone !== "";
  } catch {
    return false;
  }
}
