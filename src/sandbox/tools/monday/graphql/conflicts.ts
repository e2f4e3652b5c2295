import { type Document, type Field, type Selection, type Value, WrongDocument } from "./syntax.ts";

/** Refuses two different fields under one name in the answer. */
export function refuseConflicts(document: Document, selections: Selection[]): void {
  const byKey = new Map<string, Field[]>();
  for (const field of flattened(document, selections))
    byKey.set(field.key, [...(byKey.get(field.key) ?? []), field]);
  for (const [key, fields] of byKey) {
    const [first] = fields;
    for (const other of fields.slice(1)) {
      const reason = first === undefined ? null : difference(first, other);
      if (reason !== null)
        throw new WrongDocument("validation", `Fields "${key}" conflict because ${reason}. Use different aliases on the fields to fetch both if this was intentional.`, other.at); // prettier-ignore
    }
    refuseConflicts(
      document,
      fields.flatMap((field) => field.selections),
    );
  }
}

/** The fields of one level. Those in fragments on different types may differ; they are compared by type. */
function flattened(document: Document, selections: Selection[]): Field[] {
  return selections.flatMap((one) => {
    if (one.kind === "field") return [one];
    if (one.kind === "spread")
      return flattened(document, document.fragments.get(one.name)?.selections ?? []);
    return one.on === null ? flattened(document, one.selections) : [];
  });
}

function difference(one: Field, other: Field): string | null {
  if (one.name !== other.name) return `"${one.name}" and "${other.name}" are different fields`;
  return argumentsOf(one) === argumentsOf(other) ? null : "they have differing arguments";
}

const argumentsOf = ({ args }: Field): string =>
  JSON.stringify(args.map(({ name, value }) => [name, withoutPlace(value)]).sort());

const withoutPlace = (value: Value): unknown =>
  JSON.parse(JSON.stringify(value, (key, part: unknown) => (key === "at" ? undefined : part)));
