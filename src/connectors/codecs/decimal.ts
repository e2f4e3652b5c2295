import { decimalText, shifted, withPlaces } from "#domain/decimal.ts";
import type { Json } from "#domain/json.ts";
import { textOf } from "../json/path.ts";
import { type Codec, type Coder, isRefusal, refuse, type Refusal, shown, takesNothing } from "./codec.ts"; // prettier-ignore

const read = (native: Json): string | null | Refusal => {
  const text = textOf(native)?.trim();
  if (native === null || text === "") return null;
  return (
    decimalText(text ?? "") ??
    refuse("BAD_NUMBER", `${shown(text ?? "A list or an object")} is not a decimal number`)
  );
};

/** Exactly as the decimal says: 0.1 stays 0.1 and 12345678901234567.89 too. */
const asNumber: Coder = {
  decode: read,
  encode(value) {
    const decimal = read(String(value));
    return typeof decimal === "string" ? JSON.rawJSON(decimal) : (decimal ?? null);
  },
};

const digitsOfDouble = 15;

/** For tools that keep numbers as JavaScript does: one they would round is refused instead. */
const asDouble: Coder = {
  decode: read,
  encode(value) {
    const decimal = read(String(value));
    if (typeof decimal !== "string") return decimal;
    return decimal.replace(/^-?0?\.?0*|\./g, "").length <= digitsOfDouble
      ? JSON.rawJSON(decimal)
      : refuse("BAD_NUMBER", `${shown(decimal)} has more digits than the tool keeps`);
  },
};

const asText = (places: number): Coder => ({
  decode: read,
  encode(value) {
    const decimal = read(String(value));
    return typeof decimal === "string" ? withPlaces(decimal, places) : (decimal ?? null);
  },
});

const hundredths: Coder = {
  decode(native) {
    const decimal = read(native);
    if (typeof decimal !== "string") return decimal;
    return decimal.includes(".")
      ? refuse("BAD_AMOUNT", `${shown(decimal)} is no whole number of cents`)
      : shifted(decimal, -2);
  },
  encode(value) {
    const decimal = read(String(value));
    if (decimal === null || isRefusal(decimal)) return decimal;
    const cents = shifted(decimal, 2);
    return cents.includes(".")
      ? refuse("BAD_AMOUNT", `${shown(decimal)} has more than two places, and cents have none`)
      : JSON.rawJSON(cents);
  },
};

const wayOrNothing = (args: string | null): string | null =>
  args === null || args === "text" || args === "double"
    ? null
    : "may have (text), (double) or nothing";

const made = (args: string | null, places: number): Coder =>
  args === "text" ? asText(places) : args === "double" ? asDouble : asNumber;

export const number: Codec = {
  about: "A decimal number; number(text) writes it as a text, number(double) refuses one of more than 15 digits.", // prettier-ignore
  fits: ["number", "money"],
  check: wayOrNothing,
  make: (args) => made(args, 0),
};

export const money: Codec = {
  about: "An amount; money(text) writes it as a text with two places at least, money(double) refuses one of more than 15 digits.", // prettier-ignore
  fits: ["money"],
  check: wayOrNothing,
  make: (args) => made(args, 2),
};

export const cents: Codec = {
  about: "An amount in hundredths, as a whole number.",
  fits: ["money"],
  check: takesNothing,
  make: () => hundredths,
};
