import { type Codec, type Coder, refuse, type Refusal, shown, takesNothing } from "./codec.ts";
import { textOf } from "../json/path.ts";

const badDate = (given: string): Refusal =>
  refuse(
    "BAD_DATE",
    `${shown(given)} is not a point in time; one such as 2026-11-23T09:41:00Z is accepted, from 1900 to 2200`,
  );

const from = Temporal.Instant.from("1900-01-01T00:00:00Z").epochMilliseconds;
const to = Temporal.Instant.from("2200-01-01T00:00:00Z").epochMilliseconds;
const inRange = (ms: number): boolean => ms >= from && ms < to;

/** With a zone or offset, on a day that exists. */
function parse(given: string): string | Refusal {
  try {
    const instant = Temporal.Instant.from(given);
    return inRange(instant.epochMilliseconds) ? instant.toString() : badDate(given);
  } catch {
    return badDate(given);
  }
}

const iso: Coder = {
  decode(native) {
    const text = textOf(native)?.trim();
    if (native === null || text === "") return null;
    return parse(text ?? "a list or an object");
  },
  encode: (value) => parse(String(value)),
};

/** Milliseconds since 1970, sent as a text where `text` stands in the brackets. */
const millis = (asText: boolean): Coder => ({
  decode(native) {
    const text = textOf(native)?.trim();
    if (native === null || text === "") return null;
    const ms = /^-?\d{1,15}$/.test(text ?? "") ? Number(text) : NaN;
    return inRange(ms)
      ? Temporal.Instant.fromEpochMilliseconds(ms).toString()
      : badDate(text ?? "");
  },
  encode(value) {
    const at = parse(String(value));
    if (typeof at !== "string") return at;
    const ms = Temporal.Instant.from(at).epochMilliseconds;
    return asText ? String(ms) : ms;
  },
});

export const instant: Codec = {
  about: "A point in time in ISO 8601 with its zone.",
  fits: ["text"],
  check: takesNothing,
  make: () => iso,
};

export const epochMs: Codec = {
  about: "A point in time as milliseconds since 1970; epoch_ms(text) writes it as a text.",
  fits: ["text"],
  check: (args) => (args === null || args === "text" ? null : "may have (text) or nothing"),
  make: (args) => millis(args === "text"),
};
