import {
  type CountryCode,
  isSupportedCountry,
  parsePhoneNumberFromString,
} from "libphonenumber-js";
import { type Codec, type Coder, refuse, type Refusal, shown, takesNothing } from "./codec.ts";
import { text } from "./text.ts";

const plain = text.make(null);

/** A number in E.164. Without + it is read as one of the record's or the connection's country. */
const coder: Coder = {
  decode(native, around) {
    const value = plain.decode(native, around);
    return typeof value === "string" ? tidyPhone(value, around.country) : value;
  },
  encode: (value) => tidyPhone(String(value), null),
};

export const phone: Codec = {
  about: "A phone number, kept with its country: +33170189900.",
  fits: ["phone"],
  check: takesNothing,
  make: () => coder,
};

/** Of several that share a code, such as +1 or +44, the largest where the number tells no more. */
export function countryOfPhone(number: string): string | null {
  const found = parsePhoneNumberFromString(number);
  if (found === undefined) return null;
  return found.country ?? found.getPossibleCountries()[0] ?? null;
}

function tidyPhone(given: string, country: string | null): string | Refusal {
  const known = remembered.get(`${country ?? ""}${given}`);
  if (known !== undefined) return known;
  const home = country !== null && isSupportedCountry(country) ? country : undefined;
  const tidy = parse(given, home) ?? badPhone(given, home);
  if (remembered.size >= 10_000) remembered.clear();
  remembered.set(`${country ?? ""}${given}`, tidy);
  return tidy;
}

/** Parsing one costs more than all the rest of a record, and most runs see the same ones again. */
const remembered = new Map<string, string | Refusal>();

function parse(given: string, home: CountryCode | undefined): string | undefined {
  const found = parsePhoneNumberFromString(given, {
    ...(home === undefined ? {} : { defaultCountry: home }),
    extract: false,
  });
  if (found === undefined || !found.isPossible() || found.ext !== undefined) return undefined;
  // Of +4300000000000 some digits are taken for a prefix, each time anew: what does not stay is no number.
  return parsePhoneNumberFromString(found.number)?.number === found.number
    ? found.number
    : undefined;
}

const badPhone = (given: string, home: string | undefined): Refusal =>
  refuse(
    "BAD_PHONE",
    home === undefined && !given.startsWith("+")
      ? `${shown(given)} is not a phone number with its country`
      : `${shown(given)} is not a phone number`,
  );
