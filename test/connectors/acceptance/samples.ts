import type { FieldKind } from "#domain/entities/entity.ts";
import { entityOf, type EntityName } from "#domain/entities/index.ts";
import { staff } from "#sandbox/tools/staff.ts";
import { isLines, type Fields, type Line, type Value } from "#domain/fields.ts";

/** Texts that have broken somebody's integration: accents both ways, quotes, other scripts, markup. */
const names = [
  "Zoë Åström",
  "Ana María D'Angelo",
  'Søren "Kierk" Nielsen',
  "李小龍",
  "Иван Петров",
  "محمد علي",
  "O\\Neill & Sons",
  "Łukasz <Nowak>",
  "Nguyễn Thị Ánh",
  "Grüße, Straße; GmbH",
];
const colleagues = staff.filter(({ gone }) => !gone).map(({ email }) => email);
const phones = ["+33170189900", "+4915112345678", "+12125550123", "+81312345678", "+442079460958"];
const cities = ["Zürich", "São Paulo", "Kraków", "L'Aquila", "Reykjavík"];
const countries = ["CH", "BR", "PL", "IT", "IS"];
const currencies = ["USD", "USD", "USD", "USD", "USD"];
const amounts = ["0.1", "1250.5", "99999.99", "12", "1000000"];

const at = <T>(list: readonly T[], n: number): T => list[n % list.length] as T;
const two = (n: number): string => String((n % 28) + 1).padStart(2, "0");

/**
 * The n-th record of an entity, the same each time, complete but for references; `tag` keeps the records
 * of one test apart from those of another.
 */
export function sample(entity: EntityName, n: number, tag: string): Fields {
  const number = `${tag}-${String(n + 1)}`;
  const texts: Partial<Record<string, Value>> = {
    name: `${at(names, n)} ${number}`,
    title: `${at(names, n)} ${number}`,
    number,
    first_name: at(names, n).split(" ")[0] ?? "Ada",
    last_name: `${at(names, n).split(" ").slice(1).join(" ") || "Lovelace"} ${number}`,
    company_name: `Firm ${number} & Co`,
    domain: `firm-${number.toLowerCase()}.example.com`,
    website: `https://firm-${number.toLowerCase()}.example.com`,
    industry: "Logistics",
    "address.line1": `${String(n + 1)} Rue de l'Été`,
    "address.line2": `Étage ${String(n)}`,
    "address.city": at(cities, n),
    "address.region": "Region",
    "address.postcode": `1${String(1000 + n)}`,
    notes: `Said: "${at(names, n)}"\nand more`,
    path: `/Samples ${tag}/${at(["Été", "报告", "a b"], n)} ${number}.txt`,
    // Tools that keep people take only their own.
    assignee_email: at(colleagues, n),
    media_type: "text/plain",
    description: "x",
  };
  const { fields } = entityOf(entity);
  return Object.fromEntries(
    Object.entries(fields).flatMap(([name, { type }]): [string, Value][] => {
      const value = texts[name] ?? byKind(type, n, number);
      return value === undefined ? [] : [[name, value]];
    }),
  );
}

function byKind(type: FieldKind, n: number, number: string): Value | undefined {
  return type.kind === "choice" ? at(type.of, n) : makers[type.kind](n, number);
}

const makers: Record<
  Exclude<FieldKind["kind"], "choice">,
  (n: number, number: string) => Value | undefined
> = {
  email: (n, number) => `sample+${String(n)}@${number.toLowerCase()}.example.com`,
  phone: (n) => at(phones, n),
  country: (n) => at(countries, n),
  currency: (n) => at(currencies, n),
  money: (n) => at(amounts, n),
  number: (n) => String((n % 9) + 1),
  date: (n) => `2026-${String((n % 12) + 1).padStart(2, "0")}-${two(n)}`,
  instant: (n) => `2026-11-${two(n)}T09:41:00Z`,
  boolean: (n) => n % 2 === 0,
  url: (_n, number) => `https://example.com/${number}`,
  lines: (n) => lines(n),
  text: (_n, number) => `Text ${number}`,
  reference: () => undefined,
  content: () => undefined,
};

const lines = (n: number): readonly Line[] =>
  Array.from({ length: (n % 3) + 1 }, (_, row) => ({
    description: `${at(names, n + row)} row`,
    quantity: String(row + 1),
    unit_price: "12.5",
    amount: String((row + 1) * 12.5),
  }));

/** What of these fields an object can hold, and so has to give back as it was. */
export const kept = (fields: Fields, holds: ReadonlySet<string>): Fields =>
  Object.fromEntries(Object.entries(fields).filter(([name]) => holds.has(name)));

/** Without what a read has beyond what was written. */
export const only = (fields: Fields, names: readonly string[]): Fields =>
  Object.fromEntries(
    names.flatMap((name) => (name in fields ? [[name, fields[name] ?? null]] : [])),
  );

export const linesOf = (value: Value | undefined): readonly Line[] => (isLines(value) ? value : []);
