/** One value as a tool may send it: its JSON, byte for byte. */
export type Row = { name: string; json: Buffer };

const text = (name: string, value: string): Row => ({ name, json: Buffer.from(JSON.stringify(value)) }); // prettier-ignore
const asSent = (name: string, json: string): Row => ({ name, json: Buffer.from(json) });
const bytes = (name: string, ...parts: (string | number[])[]): Row => ({
  name,
  json: Buffer.concat(parts.map((part) => Buffer.from(part as string))),
});

const characters: readonly Row[] = [
  text("NUL", "Ada\0Lovelace"),
  text("NUL alone", "\0"),
  asSent("half a character, the first", `"Ada \\ud83d"`),
  asSent("half a character, the second", `"\\udc00 Ada"`),
  asSent("halves in the wrong order", `"\\ude00\\ud83d"`),
  text("emoji", "👩‍👩‍👧‍👦 Ada 🇫🇷"),
  text("right to left override", "Ada\u202egnp.exe"),
  text("isolates", "\u2066Ada\u2069 \u200fAda\u200e"),
  text("zero width", "A\u200bd\u200ca\u2060\ufeffL"),
  text("decomposed", "Ame\u0301lie"),
  text("20 accents", `A${"\u0301".repeat(20)}`),
  text("replacement character", "Jos\ufffd"),
  text("not a character", "Ada \ufffe \uffff"),
  text("line separators", "Ada\u2028Love\u2029lace"),
  text("control characters", "A\b\f\u0001\u001b[31mda\u007f"),
  text("lines", "Ada\r\nLovelace\t!"),
  bytes("Latin-1", '"Jos', [0xe9], ' Müller"'),
  bytes("a character cut off", '"Ada ', [0xf0, 0x9f, 0x98], '"'),
  bytes("overlong slash", '"..', [0xc0, 0xaf], 'etc"'),
  bytes("a surrogate in bytes", '"Ada ', [0xed, 0xa0, 0x80], '"'),
  bytes("no byte of UTF-8", '"', [0xff, 0xfe, 0x80], '"'),
  asSent("escaped slash and quotes", `"\\/ \\" \\\\ \\u0041"`),
];

const words: readonly Row[] = [
  text("nothing", ""),
  text("space", " \t\u00a0\u3000 "),
  text("__proto__", "__proto__"),
  text("constructor", "constructor"),
  text("NaN", "NaN"),
  text("Infinity", "-Infinity"),
  text("null in words", "null"),
  text("SQL", "'; drop table dead_letters; --"),
  text("placeholders", "{email} {{fields}} ${1} %s $1 :name"),
  text("formula", '=HYPERLINK("https://example.com";"x")'),
  text("markup", "<script>alert(1)</script> <!channel> <@U1>"),
  text("path", "../../../etc/passwd"),
];

const numbers: readonly Row[] = [
  asSent("1e400", "1e400"),
  asSent("-1e400", "-1e400"),
  asSent("1e200000", "1e200000"),
  asSent("1e-400", "1e-400"),
  asSent("2^53+1", "9007199254740993"),
  asSent("19 digits and a fraction", "1234567890123456789.01"),
  asSent("60 digits", "1".repeat(60)),
  asSent("1.50", "1.50"),
  asSent("-0", "-0"),
  asSent("0.1", "0.1"),
  asSent("1E2", "1E2"),
  text("a comma", "1.234,50"),
  text("hexadecimal", "0x1F"),
  text("Arabic digits", "١٢٣"),
  text("a plus", "+1,50"),
  text("zeros at the edges", "000012.5000"),
];

const others: readonly Row[] = [
  asSent("true", "true"),
  asSent("false", "false"),
  asSent("null", "null"),
  asSent("empty list", "[]"),
  asSent("list", `["Ada",1.50]`),
  asSent("object", `{"__proto__":{"admin":true},"a":9007199254740993}`),
  asSent("30 levels", `${"[".repeat(30)}1${"]".repeat(30)}`),
  asSent("a name twice", `{"a":1,"a":2}`),
];

const dates: readonly Row[] = [
  text("30 February", "2026-02-30"),
  text("29 February of no leap year", "2026-02-29T00:00:00Z"),
  text("29 February", "2028-02-29"),
  text("year 0", "0000-01-01"),
  text("no day", "0000-00-00"),
  text("year 10000", "+010000-01-01T00:00:00Z"),
  text("year 1899", "1899-12-31"),
  text("year 2200", "2200-01-01T00:00:00Z"),
  text("month 13", "2026-13-01"),
  text("hour 25", "2026-11-23T25:00:00Z"),
  text("an hour that does not exist", "2026-03-29T02:30:00[Europe/Paris]"),
  text("leap second", "2016-12-31T23:59:60Z"),
  text("infinity", "infinity"),
  text("yesterday", "yesterday"),
  text("an instant", "2026-11-23T09:41:00.123456789+01:00"),
  asSent("milliseconds", "1795599660000"),
  asSent("too many milliseconds", "99999999999999999999"),
];

const addresses: readonly Row[] = [
  text("IDN", "Ünïcode@exämple.com"),
  text("quoted", '"a b"@example.com'),
  text("65 letters", `${"a".repeat(65)}@example.com`),
  text("tag and capitals", "Ada+News@Example.COM"),
  text("two addresses", "ada@example.com, bob@example.com"),
  text("spoofed domain", "ada@exаmple.com"),
  text("a phone number", "+33 1 70 18 99 00"),
  text("an extension", "+1 415 555 2671 ext. 12"),
  text("full width digits", "＋３３１７０１８９９００"),
  text("a country", "France"),
  text("a currency", "eur"),
  text("a long id", "x".repeat(600)),
  text("an address", "javascript:alert(1)"),
];

/** Shapes that take for ever where somebody looks at each place from each other. */
export const endless = (length: number): readonly Row[] => [
  text("words without end", "Ada ".repeat(length / 4)),
  text("one word without end", "é".repeat(length / 2)),
  text("accents without end", `A${"\u0301\u0327".repeat(length / 4)}`),
  text("zeros without end", `${"0".repeat(length)}x`),
  text("digits without end", "1".repeat(length)),
  text("brackets without end", "[".repeat(length)),
  text("quotes without end", `'"`.repeat(length / 3)),
  text("times without end", "T00".repeat(length / 3)),
  text("space without end", `x${" ".repeat(length)}x`),
  text("@ without end", "a@".repeat(length / 2)),
  text("dots without end", "a.".repeat(length / 2)),
  text("slashes without end", "/a".repeat(length / 2)),
  text("backslashes without end", "\\".repeat(length / 2)),
  text("commas without end", ",1".repeat(length / 2)),
];

/** What breaks pipelines, as far as one value can. */
export const rows: readonly Row[] = [
  ...characters,
  ...words,
  ...endless(12_000),
  ...numbers,
  ...others,
  ...dates,
  ...addresses,
];
