import { invalidField } from "./errors.ts";
import type { Field, SObject, Value } from "./fields.ts";
import type { Organisation, Row } from "./organisation.ts";
import type { Schema } from "./schema.ts";
import { written } from "./time.ts";

/** What a path such as `Account.Owner.Name` leads to. */
export type Column = {
  /** The fields that lead to other records, and the object that the field belongs to. */
  via: readonly { field: Field; to: SObject }[];
  field: Field;
  path: string;
};

/** What to show of a record: own fields, and records it leads to, in the order they were asked for. */
export type Selection = { object: SObject; shown: Map<string, Field | Parent> };
type Parent = { via: Field; selection: Selection };

const MOST_STEPS = 5;

/** Finds a column by its path, whatever its capitals; a 400 in Salesforce's words if there is none. */
export function columnAt(schema: Schema, object: SObject, path: string, at = ""): Column {
  const names = path.split(".");
  const last = names.pop() ?? "";
  const via: { field: Field; to: SObject }[] = [];
  let here = object;
  for (const name of names) {
    const field = schema.parent(here, name);
    const to = field?.kind.type === "reference" ? schema.object(field.kind.to) : undefined;
    if (field === undefined || to === undefined || via.length === MOST_STEPS) {
      throw invalidField(
        `${at}Didn't understand relationship '${name}' in field path. If you are attempting to use a custom relationship, be sure to append the '__r' after the custom relationship name. Please reference your WSDL or the describe call for the appropriate names.`,
      );
    }
    via.push({ field, to });
    here = to;
  }
  const field = schema.field(here, last);
  if (field === undefined) {
    throw invalidField(
      `${at}No such column '${last}' on entity '${here.name}'. If you are attempting to use a custom field, be sure to append the '__c' after the custom field name. Please reference your WSDL or the describe call for the appropriate names.`,
    );
  }
  return { via, field, path: [...via.map((step) => nameOf(step.field)), field.name].join(".") };
}

const nameOf = (field: Field): string =>
  field.kind.type === "reference" ? field.kind.relationship : field.name;

export function selectionOf(object: SObject, columns: readonly Column[]): Selection {
  const whole: Selection = { object, shown: new Map() };
  for (const { via, field } of columns) {
    let here = whole;
    for (const step of via) {
      const name = nameOf(step.field);
      const known = here.shown.get(name);
      const parent: Parent =
        known !== undefined && "via" in known
          ? known
          : { via: step.field, selection: { object: step.to, shown: new Map() } };
      here.shown.set(name, parent);
      here = parent.selection;
    }
    here.shown.set(field.name, field);
  }
  return whole;
}

/** The value a column has for a row; null where the way to it ends. */
export function valueOf(organisation: Organisation, { via, field }: Column, row: Row): Value {
  let here: Row | undefined = row;
  for (const step of via) {
    here = organisation.get(step.to, String(here[step.field.name] ?? ""));
    if (here === undefined) return null;
  }
  return here[field.name] ?? null;
}

/** A record as answers show it. */
export function shownRow(
  organisation: Organisation,
  { object, shown }: Selection,
  row: Row,
  base: string,
): Record<string, unknown> {
  const url = `${base}/sobjects/${object.name}/${row.Id}`;
  const values = [...shown].map(([name, entry]): [string, unknown] => {
    if (!("via" in entry)) return [name, shownValue(entry, row)];
    const parent = organisation.get(entry.selection.object, String(row[entry.via.name] ?? ""));
    return [
      name,
      parent === undefined ? null : shownRow(organisation, entry.selection, parent, base),
    ];
  });
  return { attributes: { type: object.name, url }, ...Object.fromEntries(values) };
}

function shownValue({ name, kind }: Field, row: Row): unknown {
  if (kind.type === "address") return wholeAddress(kind.prefix, row);
  const value = row[name] ?? (kind.type === "boolean" ? false : null);
  return kind.type === "datetime" && typeof value === "string" ? written(value) : value;
}

function wholeAddress(prefix: string, row: Row): object | null {
  const part = (name: string): Value => row[prefix + name] ?? null;
  const parts = {
    city: part("City"),
    country: part("Country"),
    geocodeAccuracy: null,
    latitude: null,
    longitude: null,
    postalCode: part("PostalCode"),
    state: part("State"),
    street: part("Street"),
  };
  return Object.values(parts).every((value) => value === null) ? null : parts;
}
