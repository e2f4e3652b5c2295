import { type Codec, type Coder, longestShort, refuse, type Refusal, shown } from "./codec.ts";
import { textOf } from "../json/path.ts";

const badDate = (given: string): Refusal =>
  refuse(
    "BAD_DATE",
    `${shown(given)} is not a point in time; one such as 2026-11-23T09:41:00Z is accepted, from 1900 to 2200`,
  );

const from = Temporal.Instant.from("1900-01-01T00:00:00Z").epochMilliseconds;
const to = Temporal.Instant.from("2200-01-01T00:00:00Z").epochMilliseconds;
const inRange = (ms: number): boolean => ms >= from && ms < to;

/** On a day that exists, with a zone or offset (`Z`, `+0000`, `-05`), else in the zone given. */
function parse(given: string, zone: string | null): string | Refusal {
  if (given.length > longestShort) return badDate(given);
  try {
    const text = given.replace(/([+-]\d\d)(\d\d)$/, "$1:$2");
    const zoned = /[T ]\d\d.*(?:[zZ]|[+-]\d\d(?::\d\d)?)$/.test(text) || /\[[^\]]+\]$/.test(text);
    const instant =
      zoned || zone === null
        ? Temporal.Instant.from(text)
        : Temporal.PlainDateTime.from(text).toZonedDateTime(zone).toInstant();
    return inRange(instant.epochMilliseconds) ? instant.toString() : badDate(given);
  } catch {
    return badDate(given);
  }
}

/** Tools say "never" in many ways. */
const isNone = (text: string): boolean => text === "" || /^0000-00-00/.test(text);

/**
 * Of a tool that writes local times without a zone the earlier of two possible instants is meant: in
 * the hour that comes twice each autumn nobody can tell, so such a time alone is no cursor.
 */
const local = (zone: string): Coder => ({
  decode: reads((text) => parse(text, zone)),
  encode(value) {
    const at = parse(String(value), null);
    if (typeof at !== "string") return at;
    const there = Temporal.Instant.from(at).toZonedDateTimeISO(zone).toPlainDateTime();
    return there.toString({ smallestUnit: "second" }).replace("T", " ");
  },
});

const iso = (whole: boolean): Coder => ({
  decode: reads((text) => parse(text, null)),
  encode(value) {
    const at = parse(String(value), null);
    if (typeof at !== "string" || !whole) return at;
    return Temporal.Instant.from(at).toString({ smallestUnit: "second" });
  },
});

/** Milliseconds or seconds since 1970, sent as a text where `text` stands in the brackets. */
const sinceEpoch = (unit: number, asText: boolean): Coder => ({
  decode: reads((text) => {
    const ms = /^-?\d{1,15}$/.test(text) ? Number(text) * unit : NaN;
    return inRange(ms) ? Temporal.Instant.fromEpochMilliseconds(ms).toString() : badDate(text);
  }),
  encode(value) {
    const at = parse(String(value), null);
    if (typeof at !== "string") return at;
    const count = Math.floor(Temporal.Instant.from(at).epochMilliseconds / unit);
    return asText ? String(count) : count;
  },
});

function reads(read: (text: string) => string | Refusal): Coder["decode"] {
  return (native) => {
    const text = textOf(native)?.trim();
    if (native === null || (text !== undefined && isNone(text))) return null;
    return read(text ?? "a list or an object");
  };
}

const isZone = (text: string): boolean => {
  try {
    return Temporal.Now.zonedDateTimeISO(text).timeZoneId !== "";
  } catch {
    return false;
  }
};

export const instant: Codec = {
  about:
    "A point in time in ISO 8601; instant(seconds) writes whole seconds, instant(America/New_York) is a local time without a zone.",
  fits: ["instant", "text"],
  check: (args) =>
    args === null || args === "seconds" || isZone(args)
      ? null
      : "may have (seconds), a time zone such as (America/New_York), or nothing",
  make: (args) => (args === null || args === "seconds" ? iso(args === "seconds") : local(args)),
};

const epochCodec = (about: string, unit: number, name: string): Codec => ({
  about: `A point in time as ${about} since 1970; ${name}(text) writes it as a text.`,
  fits: ["instant", "text"],
  check: (args) => (args === null || args === "text" ? null : "may have (text) or nothing"),
  make: (args) => sinceEpoch(unit, args === "text"),
});

export const epochMs: Codec = epochCodec("milliseconds", 1, "epoch_ms");
export const epochS: Codec = epochCodec("seconds", 1000, "epoch_s");
