/**
 * A canonical value. Numbers and money are decimal strings, instants and dates ISO strings: nothing
 * is rounded on its way between two tools. `null` means the tool says it is empty.
 */
export type Value = string | boolean | null;

/** A canonical record: flat, with dotted names such as `address.city`. A name not there is unknown. */
export type Fields = Readonly<Record<string, Value>>;

/** The same content in one spelling, whatever the order of the names; empty and unknown are alike. */
export function canonicalText(fields: Fields): string {
  const names = Object.keys(fields).filter((name) => fields[name] !== null && fields[name] !== "");
  return JSON.stringify(names.sort().map((name) => [name, fields[name]]));
}
