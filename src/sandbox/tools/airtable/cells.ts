import type { Base } from "./base.ts";
import { collaborators } from "./collaborators.ts";
import type { Draft } from "./draft.ts";
import { computed, invalid, noSuchRow, otherTable, unknownOption, wrongValue } from "./errors.ts";
import { isId } from "./ids.ts";
import type { Cell } from "./row.ts";
import { choicesOf, type Field, isComputed, type Kind, linkedTable } from "./schema.ts";

export type Writing = { base: Base; draft: Draft };

const LONGEST_TEXT = 100_000;

type Check = (value: unknown, field: Field, writing: Writing) => Cell | null;

/** What will stand in the cell; null where it will be empty. Refuses as Airtable does without typecast. */
export function cellFor(writing: Writing, field: Field, value: unknown): Cell | null {
  if (isComputed(field)) throw computed(field.name);
  return value === null || value === undefined
    ? null
    : CHECKS[field.kind.type](value, field, writing);
}

const readOnly: Check = (_, field) => {
  throw computed(field.name);
};

/** E-mails, phones and addresses are not looked at: Airtable lets any text in. */
function text(value: unknown, field: Field): string | null {
  if (typeof value !== "string" || value.length > LONGEST_TEXT) throw wrongValue(field.name);
  return value === "" ? null : value;
}

function listed(field: Field, value: unknown): string[] {
  if (Array.isArray(value) && value.every((one) => typeof one === "string")) return value;
  throw wrongValue(field.name);
}

function number(value: unknown, field: Field): number {
  if (typeof value !== "number") throw wrongValue(field.name);
  return value;
}

/** A box without a tick is empty. */
function tick(value: unknown, field: Field): true | null {
  if (typeof value !== "boolean") throw wrongValue(field.name);
  return value || null;
}

function option(value: unknown, field: Field, { draft }: Writing): string {
  if (typeof value !== "string") throw wrongValue(field.name);
  if (choicesOf(field).includes(value) || draft.hasChosen(field, value)) return value;
  throw unknownOption(value);
}

/** A day alone: a timestamp is refused here, as it was measured. */
function date(value: unknown, field: Field): string {
  if (typeof value !== "string") throw wrongValue(field.name);
  if (!/^\d{4}-\d\d-\d\dT/.test(value)) {
    if (/^\d{4}-\d\d-\d\d$/.test(value) && isDay(value)) return value;
    throw noDate(field, value);
  }
  throw wrongValue(field.name);
}

/** Without a zone it is in the field's, which is UTC. */
function instant(value: unknown, field: Field): string {
  if (typeof value !== "string") throw wrongValue(field.name);
  const [, day = "", time = "T00:00:00", zone = ""] =
    /^(\d{4}-\d\d-\d\d)(T\d\d:\d\d(?::\d\d(?:\.\d+)?)?)?(Z|[+-]\d\d:\d\d)?$/.exec(value) ?? [];
  const at = Date.parse(`${day}${time}${zone === "" ? "Z" : zone}`);
  if (Number.isNaN(at) || !isDay(day)) throw noDate(field, value);
  return new Date(at).toISOString();
}

/** JavaScript takes the 31st of February for the 3rd of March. */
const isDay = (day: string): boolean =>
  !Number.isNaN(Date.parse(day)) && new Date(day).toISOString().startsWith(day);

const noDate = (field: Field, value: string) =>
  invalid("INVALID_VALUE_FOR_COLUMN", `Cannot parse date value "${value}" for field ${field.name}`);

function link(id: string, field: Field, { draft }: Writing): string {
  if (!isId("rec", id))
    throw invalid("INVALID_RECORD_ID", `Value "${id}" is not a valid record ID.`);
  const row = draft.row(id);
  if (row === undefined) throw noSuchRow(id);
  if (row.table !== linkedTable(field)) throw otherTable(id, row.table, linkedTable(field));
  return id;
}

function collaborator(value: unknown, field: Field): string {
  const { id, email } = (typeof value === "object" ? value : {}) as Record<string, unknown>;
  const found = [...collaborators.values()].find((one) => one.id === id || one.email === email);
  if (found === undefined) throw wrongValue(field.name);
  return found.id;
}

/** Each value once. */
const several =
  (check: (value: string, field: Field, writing: Writing) => string): Check =>
  (value, field, writing) => [
    ...new Set(listed(field, value).map((one) => check(one, field, writing))),
  ];

const CHECKS: Record<Kind["type"], Check> = {
  singleLineText: text,
  multilineText: text,
  email: text,
  phoneNumber: text,
  url: text,
  number,
  currency: number,
  checkbox: tick,
  singleSelect: option,
  multipleSelects: several(option),
  date,
  dateTime: instant,
  multipleRecordLinks: several(link),
  singleCollaborator: collaborator,
  formula: readOnly,
  createdTime: readOnly,
  lastModifiedTime: readOnly,
};
