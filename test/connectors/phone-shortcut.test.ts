import fc from "fast-check";
import { parsePhoneNumberFromString, type CountryCode } from "libphonenumber-js";
import { expect, test } from "vitest";
import { phone } from "#connectors/codecs/phone.ts";

const coder = phone.make(null);

/** As the library has it, whatever way is taken to it. */
function byLibrary(text: string, country: CountryCode | null): string | null {
  const found = parsePhoneNumberFromString(text, {
    ...(country === null ? {} : { defaultCountry: country }),
    extract: false,
  });
  if (found === undefined || !found.isPossible() || found.ext !== undefined) return null;
  return parsePhoneNumberFromString(found.number)?.number === found.number ? found.number : null;
}

const digits = (count: number) => fc.stringMatching(new RegExp(`^\\d{${count}}$`));
const sign = fc.constantFrom("", " ", ".", "-");
const area = digits(3).chain((code) => fc.constantFrom(code, `(${code})`, `(${code}) `));

test("a number that is read without the library is the one that the library reads", () => {
  fc.assert(
    fc.property(
      fc.constantFrom("", "+1", "+1 ", "+1-", "1 ", "+ 1"),
      area,
      sign,
      digits(3),
      sign,
      digits(4),
      fc.constantFrom("US", "CA", "BS", "DE", null),
      (plus, code, between, exchange, after, line, country) => {
        const text = `${plus}${code}${between}${exchange}${after}${line}`;
        const ours = coder.decode(text, { country });
        expect(typeof ours === "string" ? ours : null).toBe(byLibrary(text, country));
      },
    ),
    { numRuns: 1500 },
  );
});
