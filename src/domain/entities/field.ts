import type { EntityName } from "./names.ts";

export type FieldKind =
  | { kind: "text" }
  | { kind: "email" }
  | { kind: "phone" }
  | { kind: "url" }
  | { kind: "country" }
  | { kind: "currency" }
  | { kind: "boolean" }
  | { kind: "choice"; of: readonly string[] }
  /** A decimal number as text: "12.5". */
  | { kind: "number" }
  /** An amount as a decimal text; its currency stands in a field of its own. */
  | { kind: "money" }
  /** A calendar day: "2026-11-23". */
  | { kind: "date" }
  /** A point in time in UTC: "2026-11-23T09:41:00Z". */
  | { kind: "instant" }
  /** Another record of the same connection, by its id there. */
  | { kind: "reference"; to: EntityName }
  /** A list of rows, as an invoice has. */
  | { kind: "lines"; fields: Readonly<Record<string, LineField>> }
  /** What stands in a file, by its length and the tool's own hash: "5 sha256:2cf2…". */
  | { kind: "content" };

/** A field within a row of a list. */
export type LineField = { label: string; type: LineKind };
export type LineKind = Exclude<FieldKind, { kind: "reference" | "lines" | "content" }>;

export type Field = {
  /** As a person reads it: "First name". */
  label: string;
  type: FieldKind;
  /** Says something about a person: masked in channels, in full only for those allowed. */
  personal: boolean;
};

/** What a field takes, in the words of a form. */
export const accepted = (type: FieldKind): string =>
  (sentences[type.kind] as (type: FieldKind) => string)(type);

const sentences: { [Kind in FieldKind["kind"]]: (type: Of<Kind>) => string } = {
  text: () => "any text",
  email: () => "an e-mail address, such as ada@example.com",
  phone: () => "a phone number with its country, such as +33 1 70 18 99 00; or nothing",
  url: () => "a web address, such as https://example.com",
  country: () => "a two-letter country code, such as FR",
  currency: () => "a three-letter currency code, such as EUR",
  boolean: () => "yes or no",
  choice: (type) => `one of ${type.of.join(", ")}`,
  number: () => "a number, such as 12 or 0.5",
  money: () => "an amount without currency, such as 1250.50",
  date: () => "a day, such as 2026-11-23",
  instant: () => "a point in time with its zone, such as 2026-11-23T09:41:00Z",
  reference: ({ to }) => `the id of a ${to} at the source`,
  lines: ({ fields }) =>
    `one line for each row: ${Object.values(fields)
      .map(({ label }) => label.toLowerCase())
      .join(" | ")}`,
  content: () => "what the file holds; it cannot be typed",
};

type Of<Kind extends FieldKind["kind"]> = Extract<FieldKind, { kind: Kind }>;

/** Short ways of writing the fields of an entity. */
export const text = (label: string): Field => ({ label, type: { kind: "text" }, personal: false });
export const personalText = (label: string): Field => ({ ...text(label), personal: true });
export const of = (label: string, kind: Exclude<FieldKind["kind"], "choice" | "reference" | "lines">): Field => ({ label, type: { kind }, personal: kind === "email" || kind === "phone" }); // prettier-ignore
export const choice = (label: string, ...words: readonly string[]): Field => ({
  label,
  type: { kind: "choice", of: words },
  personal: false,
});
export const reference = (label: string, to: EntityName): Field => ({
  label,
  type: { kind: "reference", to },
  personal: false,
});
