/**
 * A canonical value. Numbers and money are decimal strings, instants and dates ISO strings: nothing
 * is rounded on its way between two tools. `null` means the tool says it is empty.
 */
export type Value = Plain | readonly Line[];
export type Plain = string | boolean | null;

/** A row of a list, with its names always in the same order; a name not there is unknown. */
export type Line = Readonly<Record<string, Plain>>;

/** A canonical record: flat, with dotted names such as `address.city`. A name not there is unknown. */
export type Fields = Readonly<Record<string, Value>>;

export const isLines = (value: Value | undefined): value is readonly Line[] => Array.isArray(value);

/** The same content in one spelling, whatever the order of the names; empty and unknown are alike. */
export const canonicalText = (fields: Fields): string =>
  canonicalTextOf(Object.keys(fields))(fields);

/** The same for many records that have no other names than these. */
export function canonicalTextOf(names: readonly string[]): (fields: Fields) => string {
  // Made once and filled anew for each record: one text made whole is hashed sooner than one put together.
  const pairs = names.toSorted().map((name): [string, unknown] => [name, null]);
  const said: [string, unknown][] = [];
  return (fields) => {
    let many = 0;
    for (const pair of pairs) {
      const value = fields[pair[0]];
      if (value === undefined || isBlank(value)) continue;
      pair[1] = typeof value === "string" ? value : spelled(value);
      said[many] = pair;
      many += 1;
    }
    said.length = many;
    return JSON.stringify(said);
  };
}

/** Empty and unknown. */
export const isBlank = (value: Value | undefined): boolean =>
  value === undefined || value === null || value === "" || (isLines(value) && value.length === 0);

/** Whether these values agree; empty and unknown are alike. */
export function sameValue(a: Value | undefined, b: Value | undefined): boolean {
  if (a === b) return true;
  if (isLines(a) && isLines(b)) return JSON.stringify(spelled(a)) === JSON.stringify(spelled(b));
  return isBlank(a) && isBlank(b);
}

/** Rows by name, without what is empty in them. */
const spelled = (value: Value | undefined): unknown =>
  isLines(value)
    ? value.map((line) =>
        Object.keys(line)
          .sort()
          .flatMap((name) => (isBlank(line[name]) ? [] : [[name, line[name]]])),
      )
    : value;
