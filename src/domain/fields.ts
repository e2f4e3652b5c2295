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
  const sorted = names.toSorted().map((name) => [name, JSON.stringify(name)] as const);
  return (fields) => {
    let text = "";
    for (const [name, quoted] of sorted) {
      const value = fields[name];
      if (value === undefined || isBlank(value)) continue;
      text += text === "" ? `[${quoted},` : `,[${quoted},`;
      text += typeof value === "string" ? quotedText(value) : JSON.stringify(spelled(value));
      text += "]";
    }
    return `[${text}]`;
  };
}

/** Most texts have nothing in them that JSON would write otherwise. */
const quotedText = (text: string): string =>
  /^[ !#-[\]-~]*$/.test(text) ? `"${text}"` : JSON.stringify(text);

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
