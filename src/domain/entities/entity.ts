import type { Fields } from "../fields.ts";

export type FieldKind =
  | { kind: "text" }
  | { kind: "email" }
  | { kind: "phone" }
  | { kind: "url" }
  | { kind: "country" }
  | { kind: "currency" }
  | { kind: "boolean" }
  | { kind: "choice"; of: readonly string[] };

export type Field = {
  /** As a person reads it: "First name". */
  label: string;
  type: FieldKind;
  /** Says something about a person: masked in channels, in full only for those allowed. */
  personal: boolean;
};

export type Entity = {
  name: string;
  one: string;
  many: string;
  fields: Readonly<Record<string, Field>>;
  /** Fields by which two records may be told to be the same, best first. */
  keys: readonly string[];
  /** Fills in what follows from the rest, such as a name from its parts. Never changes what is there. */
  complete(fields: Fields): Fields;
  /** What to call this record in a list: a name, else an address, else nothing. */
  title(fields: Fields): string | null;
};

/** What a field takes, in the words of a form. */
export function accepted(type: FieldKind): string {
  switch (type.kind) {
    case "text":
      return "any text";
    case "email":
      return "an e-mail address, such as ada@example.com";
    case "phone":
      return "a phone number with its country, such as +33 1 70 18 99 00; or nothing";
    case "url":
      return "a web address, such as https://example.com";
    case "country":
      return "a two-letter country code, such as FR";
    case "currency":
      return "a three-letter currency code, such as EUR";
    case "boolean":
      return "yes or no";
    case "choice":
      return `one of ${type.of.join(", ")}`;
    default:
      return type satisfies never;
  }
}
