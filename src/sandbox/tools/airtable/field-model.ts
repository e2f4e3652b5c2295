import { idOf } from "./ids.ts";
import type { Field, Kind } from "./schema.ts";

/** A field as the schema tells it. Source: Airtable's field model. */
export function fieldModel(field: Field) {
  const options = optionsOf(field);
  return {
    id: field.id,
    name: field.name,
    type: field.kind.type,
    ...(options !== undefined && { options }),
  };
}

/** A select field's option, of which records tell the name alone. */
export const choice = (field: string, name: string) => ({
  id: idOf("sel", `${field}/${name}`),
  name,
  color: "blueLight2",
});

const iso = { dateFormat: { name: "iso", format: "YYYY-MM-DD" } };
const time = { ...iso, timeFormat: { name: "24hour", format: "HH:mm" }, timeZone: "utc" };
const instant = { type: "dateTime", options: time };

const FIXED: Partial<Record<Kind["type"], object>> = {
  checkbox: { icon: "check", color: "greenBright" },
  date: iso,
  dateTime: time,
  createdTime: { result: instant },
  lastModifiedTime: { isValid: true, referencedFieldIds: [], result: instant },
};

function optionsOf({ id, kind }: Field): object | undefined {
  if ("precision" in kind) return { precision: kind.precision };
  if ("symbol" in kind) return { precision: 2, symbol: kind.symbol };
  if ("choices" in kind) return { choices: kind.choices.map((name) => choice(id, name)) };
  if ("inverse" in kind)
    return {
      linkedTableId: kind.table,
      isReversed: false,
      prefersSingleRecordLink: kind.single,
      inverseLinkFieldId: kind.inverse,
    };
  return "formula" in kind ? formulaOptions(kind) : FIXED[kind.type];
}

const formulaOptions = ({ formula, result }: Extract<Kind, { formula: string }>) => ({
  isValid: true,
  formula,
  referencedFieldIds: [...formula.matchAll(/\{(fld\w+)\}/g)].map(([, field]) => field),
  result: { type: result, ...(result === "number" && { options: { precision: 2 } }) },
});
