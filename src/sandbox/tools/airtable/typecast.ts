import type { Writing } from "./cells.ts";
import type { Row } from "./row.ts";
import { choicesOf, type Field, type Kind, linkedTable, type Table } from "./schema.ts";

type Cast = (value: unknown, field: Field, table: Table, writing: Writing) => unknown;

/**
 * What `typecast` makes of a value before it is checked: texts become numbers, days and ticks; options
 * and linked records that are not there yet are created, silently.
 */
export const cast = (writing: Writing, table: Table, field: Field, value: unknown): unknown =>
  CASTS[field.kind.type](value, field, table, writing);

const asText: Cast = (value) =>
  typeof value === "number" || typeof value === "boolean" ? String(value) : value;

const asIs: Cast = (value) => value;

/** Texts are read, anything else stays. */
const ofText =
  (read: (text: string) => unknown): Cast =>
  (value) =>
    typeof value === "string" ? read(value) : value;

/** Every part of a list, or of a text with commas. */
const ofParts =
  (read: (part: string, field: Field, table: Table, writing: Writing) => unknown): Cast =>
  (value, ...rest) =>
    parts(value)?.map((part) => read(part, ...rest)) ?? value;

function numberIn(text: string): unknown {
  const digits = text.replace(/[\s,€$£]/g, "");
  if (digits === "") return null;
  return Number.isFinite(Number(digits)) ? Number(digits) : text;
}

/** A timestamp's day, or a day as Americans write it. */
function dayIn(text: string): string {
  const [, month = "", day = "", year = ""] = /^(\d\d?)\/(\d\d?)\/(\d{4})$/.exec(text) ?? [];
  if (year !== "") return `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`;
  return /^\d{4}-\d\d-\d\dT/.test(text) ? text.slice(0, 10) : text;
}

/** The parts of a list, or of a text with commas; undefined for anything else. */
function parts(value: unknown): string[] | undefined {
  const list: unknown = typeof value === "string" ? value.split(",") : value;
  if (!Array.isArray(list) || !list.every((one) => typeof one === "string")) return undefined;
  return list.map((one) => one.trim()).filter((one) => one !== "");
}

function chosen(value: string, field: Field, table: Table, { draft }: Writing): string | null {
  const option = value.trim();
  if (option === "") return null;
  if (!choicesOf(field).includes(option) && !draft.hasChosen(field, option))
    draft.choose(table, field, option);
  return option;
}

/** A record by its id or its name; a new one, also where this very request has just begun it. */
function linked(name: string, field: Field, _: Table, { base, draft }: Writing): string {
  const table = base.schema.table(linkedTable(field));
  const primary = table?.fields[0];
  if (draft.row(name) !== undefined || table === undefined || primary === undefined) return name;
  const isNamed = (row: Row) => row.table === table.id && row.cells[primary.id] === name;
  const known = [...base.rows(table)].find(isNamed) ?? draft.begun().find(isNamed);
  if (known !== undefined) return known.id;
  const { id } = draft.create(table);
  draft.set(id, primary, name);
  return id;
}

const CASTS: Record<Kind["type"], Cast> = {
  singleLineText: asText,
  multilineText: asText,
  email: asText,
  phoneNumber: asText,
  url: asText,
  number: ofText(numberIn),
  currency: ofText(numberIn),
  checkbox: ofText((text) => /^(true|1|checked|yes)$/i.test(text.trim())),
  singleSelect: (value, ...rest) => (typeof value === "string" ? chosen(value, ...rest) : value),
  multipleSelects: ofParts(chosen),
  date: ofText(dayIn),
  dateTime: asIs,
  multipleRecordLinks: ofParts(linked),
  singleCollaborator: ofText((text) => ({ [text.startsWith("usr") ? "id" : "email"]: text })),
  formula: asIs,
  createdTime: asIs,
  lastModifiedTime: asIs,
};
