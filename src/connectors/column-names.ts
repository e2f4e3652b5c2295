import type { Renames } from "./read/compile-object.ts";
import type { ObjectSpec } from "./manifest/manifest.ts";

/**
 * What a setting of kind columns says: one line for each field, `email = E-mail address`, with nothing
 * after the sign where the field is left out; `* =` leaves out all the others. Lines that are no such
 * pair are told.
 */
export function readColumns(text: string): {
  names: ReadonlyMap<string, string>;
  wrong: readonly string[];
} {
  const names = new Map<string, string>();
  const wrong: string[] = [];
  for (const line of text.split(/\r?\n|;/)) {
    if (line.trim() === "") continue;
    const found = /^\s*([a-z][a-z0-9_.]*|\*(?=\s*=\s*$))\s*=\s*(.*?)\s*$/.exec(line);
    if (found === null) wrong.push(line.trim());
    else names.set(found[1] ?? "", found[2] ?? "");
  }
  return { names, wrong };
}

/** How a connection with these settings calls the columns of an object. */
export function renamesOf(
  spec: ObjectSpec,
  settings: Readonly<Record<string, string | undefined>>,
): Renames {
  const given = spec.renames === undefined ? undefined : settings[spec.renames];
  const { names } = readColumns(given ?? "");
  return (field) => {
    const name = names.get(field) ?? names.get("*");
    if (name === "") return null;
    // {list_id} is what the setting of that name says.
    return (column) => name ?? settings[column] ?? column;
  };
}
