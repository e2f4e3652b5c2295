import type { Json } from "#domain/json.ts";
import { textOf } from "../json/path.ts";
import { type Codec, type Coder, refuse, type Refusal, shown } from "./codec.ts";

const forms = ["YYYY-MM-DD", "MM/DD/YYYY", "DD/MM/YYYY", "instant", "epoch_ms"] as const;
type Form = (typeof forms)[number];

const badDate = (given: string): Refusal =>
  refuse("BAD_DATE", `${shown(given)} is not a day; one such as 2026-11-23 is accepted, from 1900 to 2200`); // prettier-ignore

/** Tools say "no day" in many ways. */
const isNone = (text: string): boolean => text === "" || /^0000-00-00/.test(text);

function plainDate(text: string, year: unknown, month: unknown, day: unknown): string | Refusal {
  try {
    const date = Temporal.PlainDate.from(
      { year: Number(year), month: Number(month), day: Number(day) },
      { overflow: "reject" },
    );
    return date.year >= 1900 && date.year < 2200 ? date.toString() : badDate(text);
  } catch {
    return badDate(text);
  }
}

function parse(text: string, form: Form): string | Refusal {
  const iso = /^(\d{4})-(\d\d)-(\d\d)(?:[T ].*)?$/.exec(text);
  if (iso !== null) return plainDate(text, iso[1], iso[2], iso[3]);
  if (/^-?\d{9,15}$/.test(text)) {
    const at = Temporal.Instant.fromEpochMilliseconds(Number(text)).toZonedDateTimeISO("UTC");
    return plainDate(text, at.year, at.month, at.day);
  }
  const slashed = /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/.exec(text);
  if (slashed === null) return badDate(text);
  const [, first, second, year] = slashed;
  return form === "DD/MM/YYYY"
    ? plainDate(text, year, second, first)
    : plainDate(text, year, first, second);
}

function write(date: string, form: Form): Json {
  const [year = "", month = "", day = ""] = date.split("-");
  switch (form) {
    case "YYYY-MM-DD":
      return date;
    case "MM/DD/YYYY":
      return `${month}/${day}/${year}`;
    case "DD/MM/YYYY":
      return `${day}/${month}/${year}`;
    case "instant":
      return `${date}T00:00:00Z`;
    case "epoch_ms":
      return String(Date.UTC(Number(year), Number(month) - 1, Number(day)));
    default:
      return form satisfies never;
  }
}

const coder = (form: Form): Coder => ({
  decode(native) {
    const text = textOf(native)?.trim();
    if (native === null || (text !== undefined && isNone(text))) return null;
    return parse(text ?? "a list or an object", form);
  },
  encode(value) {
    const date = parse(String(value), "YYYY-MM-DD");
    return typeof date === "string" ? write(date, form) : date;
  },
});

const isForm = (text: string | null): text is Form => (forms as readonly (string | null)[]).includes(text); // prettier-ignore

export const date: Codec = {
  about: `A calendar day; date(form) writes it as ${forms.join(", ")}.`,
  fits: ["date"],
  check: (args) =>
    args === null || isForm(args) ? null : `may have one of (${forms.join("), (")})`,
  make: (args) => coder(isForm(args) ? args : "YYYY-MM-DD"),
  // The time of day would be lost each time the day is written again.
  coarse: (args) => args === "instant" || args === "epoch_ms",
};
