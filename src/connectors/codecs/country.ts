import { type Codec, type Coder, refuse, type Refusal, shown } from "./codec.ts";
import { text } from "./text.ts";

const plain = text.make(null);
const english = new Intl.DisplayNames(["en"], { type: "region", fallback: "none" });

/** Names people and tools write that are not the ones Unicode has. */
const alsoCalled: Readonly<Record<string, string>> = {
  usa: "US",
  "u.s.a.": "US",
  "u.s.": "US",
  "united states of america": "US",
  uk: "GB",
  "u.k.": "GB",
  "great britain": "GB",
  england: "GB",
  scotland: "GB",
  wales: "GB",
  "the netherlands": "NL",
  holland: "NL",
  turkey: "TR",
  "czech republic": "CZ",
  "hong kong": "HK",
  macau: "MO",
  macao: "MO",
  russia: "RU",
  "russian federation": "RU",
  "south korea": "KR",
  "republic of korea": "KR",
  "ivory coast": "CI",
  "republic of ireland": "IE",
  "viet nam": "VN",
  uae: "AE",
};

/** Codes that Unicode names but ISO 3166 has not given to a country. */
const notCountries = new Set(["AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "ZZ"]); // prettier-ignore

const byName = new Map<string, string>();
const codes = new Set<string>();
for (const a of "ABCDEFGHIJKLMNOPQRSTUVWXYZ")
  for (const b of "ABCDEFGHIJKLMNOPQRSTUVWXYZ") {
    const code = a + b;
    const name = english.of(code);
    if (name === undefined || notCountries.has(code)) continue;
    if (Intl.getCanonicalLocales(`und-${code}`)[0] !== `und-${code}`) continue;
    codes.add(code);
    byName.set(name.toLowerCase(), code);
  }
for (const [name, code] of Object.entries(alsoCalled)) byName.set(name, code);

const find = (given: string): string | Refusal => {
  const code = given.toUpperCase();
  if (codes.has(code)) return code;
  return (
    byName.get(given.toLowerCase()) ??
    refuse(
      "BAD_COUNTRY",
      `${shown(given)} is not a country; a two-letter code such as FR or an English name is accepted`,
    )
  );
};

const decode: Coder["decode"] = (native, around) => {
  const value = plain.decode(native, around);
  return typeof value === "string" ? find(value) : value;
};

const asCode: Coder = { decode, encode: (value) => find(String(value)) };
const asName: Coder = {
  decode,
  encode(value) {
    const code = find(String(value));
    return typeof code === "string" ? (english.of(code) ?? code) : code;
  },
};

/** ISO 3166 alpha-2 for us; the tool may have codes or English names, in any mixture. */
export const country: Codec = {
  about: "A country, read from its code or English name; written as code, or as country(name).",
  fits: ["country"],
  check: (args) => (args === null || args === "name" ? null : "may have (name) or nothing"),
  make: (args) => (args === "name" ? asName : asCode),
};
