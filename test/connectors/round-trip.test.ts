import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { FieldKind } from "#domain/entities/entity.ts";
import { entityOf, type EntityName } from "#domain/entities/index.ts";
import { isBlank, sameValue, type Line, type Value } from "#domain/fields.ts";
import type { Json } from "#domain/json.ts";
import { compileFields } from "#connectors/manifest/compile-fields.ts";
import { loadManifests } from "#connectors/manifest/load.ts";
import { folder } from "./world.ts";

const { manifests } = await loadManifests([folder]);

const word = fc.stringMatching(/^[a-z]{1,12}$/);
const decimal = fc
  .tuple(fc.integer({ min: -9_999_999, max: 9_999_999 }), fc.integer({ min: 0, max: 99 }))
  .map(([whole, cents]) => `${String(whole)}.${String(cents).padStart(2, "0")}`);
const day = fc
  .date({ min: new Date("1950-01-01"), max: new Date("2150-01-01"), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));
const text = fc.oneof(
  fc.string({ unit: "grapheme", maxLength: 40 }),
  fc.constantFrom("", " a ", "é", "é", "=1+1", "<b>", '"', "\\", "0", "null", "李小龍", "a\nb"),
);

/** Values as tools send them: right ones in many spellings, and whatever else comes along. */
function natives(type: FieldKind, words: readonly string[]): fc.Arbitrary<Json> {
  const usual: Partial<Record<FieldKind["kind"], fc.Arbitrary<Json>>> = {
    email: fc.tuple(word, word).map(([local, domain]) => ` ${local}+tag@${domain}.Example.COM`),
    phone: fc.constantFrom("+33 1 70 18 99 00", "0033170189900", "(212) 555-0123", "+49151 12345678"), // prettier-ignore
    country: fc.constantFrom("FR", "fr", "France", "USA", "United States"),
    currency: fc.constantFrom("eur", "USD", "JPY"),
    number: fc.oneof(decimal, fc.integer(), fc.constantFrom("007", "1.50", "-0")),
    money: fc.oneof(decimal, fc.integer(), fc.constantFrom("0.10", "12345678901234567.89")),
    date: fc.oneof(day, day.map((date) => `${date}T00:00:00Z`), fc.constantFrom("11/23/2026", "0000-00-00", "1763856000000")), // prettier-ignore
    instant: fc.oneof(day.map((date) => `${date}T10:00:00.000+0000`), day.map((date) => `${date} 10:00:00`), day.map((date) => `${date}T10:00:00-05:00`)), // prettier-ignore
    reference: fc.oneof(word, fc.integer({ min: 1 })),
    choice: words.length === 0 ? word : fc.constantFrom(...words),
    boolean: fc.boolean(),
  };
  const given = usual[type.kind] ?? text;
  return fc.oneof({ weight: 4, arbitrary: given }, { weight: 1, arbitrary: fc.oneof(text, fc.integer(), fc.constant(null)) }); // prettier-ignore
}

/** The tool's own words in `enum(word: ours)`, so that choices are tried with what the tool has. */
const wordsIn = (spec: unknown): readonly string[] =>
  [...JSON.stringify(spec).matchAll(/(?:enum(?:_number)?)\(([^)]*)\)/g)].flatMap(([, pairs = ""]) =>
    pairs.split(",").flatMap((pair) => {
      const tool = pair.split(":")[0]?.trim() ?? "";
      return tool === "*" ? [] : [tool];
    }),
  );

const row: fc.Arbitrary<Line> = fc.record({
  description: word,
  quantity: fc.constantFrom("1", "2.5"),
  unit_price: fc.constantFrom("9.99", "100"),
  amount: fc.constantFrom("9.99", "250"),
});
const plainText = text
  .filter((value) => value.trim() === value && value !== "")
  .map((value) => value.normalize("NFC"));
const ownDecimal = fc.constantFrom("0", "0.1", "1250.5", "-3", "99999.99");

/** Canonical values: what other tools' records may bring. */
const canonicals = (type: FieldKind): fc.Arbitrary<Value> =>
  type.kind === "choice" ? fc.constantFrom(...type.of) : byKind[type.kind];

const byKind: Record<Exclude<FieldKind["kind"], "choice">, fc.Arbitrary<Value>> = {
  lines: fc.array(row, { minLength: 1, maxLength: 4 }),
  money: ownDecimal,
  number: ownDecimal,
  date: day,
  instant: day.map((date) => `${date}T10:00:00Z`),
  email: fc.tuple(word, word).map(([local, domain]) => `${local}+x@${domain}.example.com`),
  phone: fc.constantFrom("+33170189900", "+12125550123"),
  country: fc.constantFrom("FR", "US", "GB", "KR"),
  currency: fc.constantFrom("EUR", "USD"),
  reference: fc.integer({ min: 1, max: 1e9 }).map(String),
  content: fc.constantFrom("sha256:".padEnd(71, "a")),
  boolean: fc.boolean(),
  text: plainText,
  url: plainText,
};

/** What is written to a place may be read at another: only fields read where they are written go round. */
const goesRound = (spec: unknown): boolean =>
  typeof spec === "string" ||
  (typeof spec === "object" && spec !== null && "each" in spec && !("write" in spec));

const lines = manifests.flatMap(({ connector, objects }) =>
  Object.entries(objects).flatMap(([object, spec]) =>
    Object.entries(spec.fields).map(([field, line]) => ({
      name: `${connector} ${object}: ${field}`,
      entity: spec.entity as EntityName,
      field,
      line,
      spec,
    })),
  ),
);

describe("every field line", () => {
  test.each(lines.filter(({ line }) => goesRound(line)))(
    "$name loses nothing on its way to us and back",
    ({ entity, field, line, spec }) => {
      const type = entityOf(entity).fields[field]?.type ?? { kind: "text" };
      const map = compileFields(entity, { ...spec, fields: { [field]: line }, whole: [] });
      const sent = (fields: Record<string, Value>) => map.encode(fields, { fresh: true, empty: "", shared: {} }); // prettier-ignore

      fc.assert(
        fc.property(canonicals(type), (value) => {
          const coded = sent({ [field]: value });
          // A value that the tool has no word for is refused, and never turned into another one.
          if ("problem" in coded) {
            expect(coded.problem.field).toBe(field);
            return;
          }
          const back = map.decode(coded.native, null);
          if (back.problems.length > 0 && type.kind === "content") return;
          expect(back.problems).toEqual([]);
          if (map.coarse.has(field) || type.kind === "content") return;
          expect(back.fields[field] ?? null).toSatisfy((read: Value) => type.kind === "lines" || sameValue(read, value)); // prettier-ignore
        }),
        { numRuns: 60 },
      );
      if (type.kind === "lines") return;

      fc.assert(
        fc.property(natives(type, wordsIn(line)), (native) => {
          const place = sent({ [field]: placeholderFor(type) });
          if ("problem" in place) return;
          const record = withValue(place.native, native);
          const first = map.decode(record, "US");
          const value = first.fields[field];
          if (first.problems.length > 0 || value === undefined || isBlank(value)) return;
          const again = sent({ [field]: value });
          // Ids that are no numbers, where the tool has numbers only, words we cannot write, and
          // numbers that a tool with doubles never sends.
          if ("problem" in again) {
            const rounds = JSON.stringify(line).includes("(double)");
            expect(rounds || ["choice", "reference"].includes(type.kind)).toBe(true);
            return;
          }
          const second = map.decode(again.native, "US");
          expect(sameValue(second.fields[field], value) || map.coarse.has(field) || type.kind === "content").toBe(true); // prettier-ignore
        }),
        { numRuns: 60 },
      );
    },
  );
});

/** Some value of the kind, to find out where the field stands in a native record. */
function placeholderFor(type: FieldKind): Value {
  const [value] = fc.sample(canonicals(type), { numRuns: 1, seed: 7 });
  return value ?? null;
}

/** The same record with another value at its one place. */
function withValue(native: Record<string, Json>, value: Json): Json {
  const [[name, inner] = ["", null]] = Object.entries(native);
  if (Array.isArray(inner)) return { [name]: [inside(inner[0] ?? null, value)] };
  return { [name]: inside(inner, value) };
}

const inside = (inner: Json, value: Json): Json =>
  typeof inner === "object" && inner !== null && !Array.isArray(inner) && !JSON.isRawJSON(inner)
    ? (withValue(inner as Record<string, Json>, value) as Json)
    : value;
