import fc from "fast-check";
import { expect, test } from "vitest";
import type { Json } from "#domain/json.ts";
import type { Around, Coder } from "#connectors/codecs/codec.ts";
import { isRefusal } from "#connectors/codecs/codec.ts";
import { codecs } from "#connectors/codecs/index.ts";
import { jsonText } from "#connectors/json/lossless.ts";

const coder = (name: string, args: string | null = null): Coder => {
  const codec = codecs[name];
  if (codec === undefined) throw new Error(`no codec ${name}`);
  return codec.make(args);
};
const nowhere: Around = { country: null };
const decode = (
  name: string,
  native: Json,
  args: string | null = null,
  country: string | null = null,
) => {
  // prettier-ignore
  const value = coder(name, args).decode(native, { country });
  return isRefusal(value) ? value.refused : value;
};

test.each<[string, Json, unknown, string | null, string | null]>([
  ["text", "  Ada ", "Ada", null, null],
  ["text", "e\u0301", "é", null, null],
  ["text", "   ", null, null, null],
  ["text", 12, "12", null, null],
  ["text", JSON.rawJSON("1.50"), "1.50", null, null],
  ["text", "a\0b", "BAD_CHARACTER", null, null],
  ["text", "a\ud800", "BAD_CHARACTER", null, null],
  ["text", ["a"], "BAD_TEXT", null, null],
  ["email", "Ada+list@EXAMPLE.com", "Ada+list@example.com", null, null],
  ["email", "Ünïcode@exämple.com", "Ünïcode@xn--exmple-cua.com", null, null],
  ["email", "ada@example", "BAD_EMAIL", null, null],
  ["email", "a..b@example.com", "BAD_EMAIL", null, null],
  ["email", `${"a".repeat(65)}@example.com`, "BAD_EMAIL", null, null],
  ["email", "a@b.com, c@d.com", "BAD_EMAIL", null, null],
  ["email", "a@127.0.0.1", "BAD_EMAIL", null, null],
  ["phone", "+33 1 70 18 99 00", "+33170189900", null, null],
  ["phone", "01 70 18 99 00", "+33170189900", null, "FR"],
  ["phone", "(415) 555-2671", "+14155552671", null, "US"],
  ["phone", "01 70 18 99 00", "BAD_PHONE", null, null],
  ["phone", "call me", "BAD_PHONE", null, "FR"],
  ["phone", "+1 415 555 2671 ext. 5", "BAD_PHONE", null, null],
  ["country", "France", "FR", null, null],
  ["country", "USA", "US", null, null],
  ["country", "de", "DE", "name", null],
  ["country", "Atlantis", "BAD_COUNTRY", null, null],
  ["country", "EU", "BAD_COUNTRY", null, null],
  ["currency", "eur", "EUR", null, null],
  ["currency", "EURO", "BAD_CURRENCY", null, null],
  ["boolean", "true", true, null, null],
  ["boolean", false, false, null, null],
  ["boolean", "maybe", "BAD_BOOLEAN", null, null],
  ["boolean", "constructor", "BAD_BOOLEAN", null, null],
  ["enum", "SUBSCRIBED", "subscribed", "SUBSCRIBED: subscribed, OUT: unsubscribed", null],
  ["enum", "x", "BAD_CHOICE", "SUBSCRIBED: subscribed", null],
  ["enum", "none", null, "SUBSCRIBED: subscribed, None: -", null],
  ["enum", "x", null, "SUBSCRIBED: subscribed, *: -", null],
  ["enum_number", JSON.rawJSON("0.00"), "void", "0: void, *: open", null],
  ["enum_number", 12.5, "open", "0: void, *: open", null],
  ["epoch_ms", "1763856000000", "2025-11-23T00:00:00Z", null, null],
  ["epoch_ms", 1e15, "BAD_DATE", null, null],
  ["instant", "2026-07-17T08:44:21-07:00", "2026-07-17T15:44:21Z", null, null],
  ["instant", "2026-02-30T00:00:00Z", "BAD_DATE", null, null],
  ["instant", "2026-07-17", "BAD_DATE", null, null],
])("%s reads %j as %j", (name, native, expected, args, country) => {
  expect(decode(name, native, args, country)).toEqual(expected);
});

test("nothing is nothing for every codec", () => {
  for (const name of Object.keys(codecs)) {
    expect(decode(name, "", "a: b"), name).toBeNull();
    expect(decode(name, null, "a: b"), name).toBeNull();
  }
});

/** What is read, written and read again is the same: the tool keeps everything that we took from it. */
const samples: [string, string | null, fc.Arbitrary<Json>][] = [
  ["text", null, fc.string({ unit: "binary" })],
  ["email", null, fc.oneof(fc.emailAddress(), fc.string())],
  ["phone", null, fc.oneof(fc.bigInt({ min: 10n ** 9n, max: 10n ** 14n }).map((n) => `+${String(n)}`), fc.string())], // prettier-ignore
  ["country", null, fc.oneof(fc.string({ minLength: 2, maxLength: 2 }), fc.constantFrom("France", "UK", "united states"))], // prettier-ignore
  ["country", "name", fc.constantFrom("FR", "GB", "Türkiye", "HK", "CI", "CD", "MK")],
  ["currency", null, fc.constantFrom("eur", "USD", "JPY", "x")],
  ["boolean", "text", fc.constantFrom("true", "false", "yes", "")],
  ["boolean", null, fc.boolean()],
  ["enum", "A: x, B: y, C: x", fc.constantFrom("A", "B", "C", "D")],
  ["epoch_ms", "text", fc.integer({ min: 0, max: 4_000_000_000_000 }).map(String)],
  ["instant", null, fc.date({ noInvalidDate: true }).map((date) => date.toISOString())],
];

test.each(samples)("%s(%s) loses nothing on its way back", (name, args, arbitrary) => {
  const { decode: read, encode } = coder(name, args);
  fc.assert(
    fc.property(arbitrary, (native) => {
      const once = read(native, nowhere);
      if (once === null || isRefusal(once)) return;
      const written = encode(once);
      expect(isRefusal(written)).toBe(false);
      expect(read(written as Json, nowhere)).toEqual(once);
    }),
    { numRuns: 300 },
  );
});

test("a tool that keeps numbers as JavaScript does gets none that it would round", () => {
  const { encode } = coder("money", "double");
  expect(jsonText(encode("123456789012.345") as Json)).toBe("123456789012.345");
  expect(jsonText(encode("-0.000000000000001") as Json)).toBe("-0.000000000000001");
  expect(encode("12345678901234567.89")).toMatchObject({ refused: "BAD_NUMBER" });
});

test("a day that a tool keeps with a time is written again only where it changes", () => {
  expect(codecs["date"]?.coarse?.("instant")).toBe(true);
  expect(codecs["date"]?.coarse?.("MM/DD/YYYY")).toBe(false);
});

test("a number that reads as another one each time is no number", () => {
  expect(isRefusal(coder("phone", null).decode("+4300000000000", nowhere))).toBe(true);
});

test("no codec throws, whatever a tool sends", () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.string({ unit: "binary" }), (native, text) => {
      for (const name of Object.keys(codecs)) {
        coder(name, "a: b").decode(native as Json, nowhere);
        coder(name, "a: b").decode(text, { country: "FR" });
        coder(name, "a: b").encode(text);
      }
    }),
    { numRuns: 300 },
  );
});
