import { type JsonObject, listIn } from "./body.ts";
import { born, type CustomValue, now } from "./crm.ts";
import type { CustomField } from "./custom-fields.ts";
import { invalid, relatedMissing } from "./errors.ts";
import type { Table } from "./table.ts";

export type GivenValue = { field: CustomField; value: string; currency: string | null };

/** How the three kinds of records name a field, its value and its currency. */
export type Naming = { list: string; field: string; value: string; currency: string };
export const ofContacts: Naming = { list: "fieldValues", field: "field", value: "value", currency: "currency" }; // prettier-ignore
export const ofOthers: Naming = { list: "fields", field: "customFieldId", value: "fieldValue", currency: "fieldCurrency" }; // prettier-ignore

/** The custom values a record brings along, checked. */
export const valuesIn = (
  record: JsonObject,
  naming: Naming,
  fields: readonly CustomField[],
): GivenValue[] => listIn(record, naming.list).map((item) => valueIn(item, naming, fields));

export function valueIn(
  item: JsonObject,
  naming: Naming,
  fields: readonly CustomField[],
): GivenValue {
  const id = item[naming.field];
  const field = fields.find((one) => one.id === String(id as string));
  if (field === undefined) throw relatedMissing("field");
  const given = item[naming.value] ?? "";
  const isPlain = typeof given === "string" || typeof given === "number";
  if (!isPlain) throw invalid(naming.value);
  const currency = item[naming.currency];
  return {
    field,
    value: stored(field, String(given).trim(), naming),
    currency: typeof currency === "string" ? currency.toUpperCase() : null,
  };
}

/** What values have to look like; those of the other types may be anything. */
const SHAPES: Partial<Record<CustomField["type"], RegExp>> = {
  date: /^\d{4}-\d\d-\d\d/,
  number: /^-?\d+(\.\d+)?$/,
  // In cents, as everywhere.
  currency: /^-?\d+$/,
};

function stored(field: CustomField, text: string, naming: Naming): string {
  if (text === "") return "";
  if (SHAPES[field.type]?.test(text) === false) throw invalid(naming.value);
  if (field.type === "date") return text.slice(0, 10);
  return field.type === "checkbox" && !text.startsWith("||") ? `||${text}||` : text;
}

/** Keeps them; tells whether any of them is another one now. */
export function keepValues(
  table: Table<CustomValue>,
  owner: string,
  given: readonly GivenValue[],
  at = now(),
): boolean {
  let changed = false;
  for (const { field, value, currency } of given) {
    const known = table.by("owner", owner).find((one) => one.field === field.id);
    if (known === undefined) {
      if (value === "") continue;
      table.add({ owner, field: field.id, value, currency, ...born(at) });
    } else if (known.value !== value || known.currency !== currency) {
      table.change({ ...known, value, currency, updated: at });
    } else continue;
    changed = true;
  }
  return changed;
}
