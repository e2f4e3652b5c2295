import {
  type CountryCode,
  isSupportedCountry,
  parsePhoneNumberFromString,
} from "libphonenumber-js";
import {
  type Codec,
  type Coder,
  longestShort,
  refuse,
  type Refusal,
  shown,
  takesNothing,
} from "./codec.ts";
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
  const american = northAmerican(given, country);
  if (american !== null) return american;
  const known = remembered.get(`${country ?? ""}${given}`);
  if (known !== undefined) return known;
  const home = country !== null && isSupportedCountry(country) ? country : undefined;
  const tidy = parse(given, home) ?? badPhone(given, home);
  if (given.length > longestShort) return tidy;
  if (remembered.size >= 10_000) remembered.clear();
  remembered.set(`${country ?? ""}${given}`, tidy);
  return tidy;
}

/** What we wrote ourselves, as nearly all that is written. */
const tidyAmerican = /^\+1[2-9]\d{9}$/;
const written = /^(\+1[ .-]?)?(?:\(([2-9]\d\d)\) ?|([2-9]\d\d)[ .-]?)(\d{3})[ .-]?(\d{4})$/;

/**
 * The usual ways of writing a number of the plan that has +1: ten digits of which the first is neither 0
 * nor 1 have nothing before them that could be a prefix, and that is all the library asks of them. It
 * takes long over them, because it looks in which of 25 countries each is.
 */
function northAmerican(given: string, country: string | null): string | null {
  if (tidyAmerican.test(given)) return given;
  const found = written.exec(given);
  if (found === null) return null;
  const [, plus, bracketed, area = bracketed, exchange, line] = found;
  if (plus === undefined && country !== "US" && country !== "CA") return null;
  return `+1${area}${exchange}${line}`;
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
