import type { Shelf } from "../../collection.ts";
import { idOf } from "./ids.ts";
import { type FieldSpec, type TableSpec, tableSpecs } from "./tables.ts";

export type Field = { id: string; name: string; kind: Kind };
export type Kind =
  | Exclude<FieldSpec, { type: "singleSelect" | "multipleSelects" | "multipleRecordLinks" }>
  | { type: "singleSelect" | "multipleSelects"; choices: string[] }
  | { type: "multipleRecordLinks"; table: string; inverse: string; single: boolean };

export type View = { id: string; name: string; formula: string | null };
/** The first field is the primary one, by which records are named in links. */
export type Table = { id: string; name: string; fields: Field[]; views: View[] };

export type Schema = {
  tables(): Table[];
  /** By id or by name. */
  table(key: string): Table | undefined;
  addChoice(table: Table, field: Field, choice: string): void;
  /** What somebody does who builds the base: the id stays, whoever goes by the name is lost. */
  renameField(table: string, from: string, to: string): void;
};

export const fieldOf = (table: Table, key: string): Field | undefined =>
  table.fields.find(({ id, name }) => id === key || name === key);

export const viewOf = (table: Table, key: string): View | undefined =>
  table.views.find(({ id, name }) => id === key || name === key);

export const isComputed = ({ kind }: Field): boolean =>
  kind.type === "formula" || kind.type === "createdTime" || kind.type === "lastModifiedTime";

export const choicesOf = ({ kind }: Field): string[] => ("choices" in kind ? kind.choices : []);

/** The table whose records stand in the field; empty where it holds no links. */
export const linkedTable = ({ kind }: Field): string =>
  kind.type === "multipleRecordLinks" ? kind.table : "";

/** The tables of the base as they are now. */
export function openSchema(shelf: Shelf): Schema {
  const kept = shelf.collection<Table>("tables");
  if (kept.size === 0) for (const spec of tableSpecs) kept.set(tableId(spec.name), built(spec));
  const byName = (key: string) => [...kept.values()].find(({ name }) => name === key);

  return {
    tables: () => [...kept.values()],
    table: (key) => kept.get(key) ?? byName(key),
    addChoice(table, { kind }, choice) {
      if (kind.type !== "singleSelect" && kind.type !== "multipleSelects") return;
      if (!kind.choices.includes(choice)) kind.choices.push(choice);
      kept.set(table.id, table);
    },
    renameField(key, from, to) {
      const table = kept.get(key) ?? byName(key);
      const field = table && fieldOf(table, from);
      if (table === undefined || field === undefined)
        throw new Error(`There is no field "${from}" in a table "${key}".`);
      field.name = to;
      kept.set(table.id, table);
    },
  };
}

const tableId = (name: string) => idOf("tbl", name);
const fieldId = (table: string, name: string) => idOf("fld", `${table}/${name}`);

function built({ name: table, fields, views }: TableSpec): Table {
  return {
    id: tableId(table),
    name: table,
    fields: Object.entries(fields).map(([name, spec]) => ({
      id: fieldId(table, name),
      name,
      kind: kindOf(table, spec),
    })),
    views: Object.entries(views).map(([name, formula]) => ({
      id: idOf("viw", `${table}/${name}`),
      name,
      formula: formula === null ? null : byIds(table, formula),
    })),
  };
}

/** Airtable keeps formulas with ids for names, so that renaming a field breaks none of them. */
const byIds = (table: string, formula: string) =>
  formula.replace(/\{([^}]+)\}/g, (_, name: string) => `{${fieldId(table, name)}}`);

function kindOf(table: string, spec: FieldSpec): Kind {
  if ("choices" in spec) return { type: spec.type, choices: [...spec.choices] };
  if (spec.type === "formula") return { ...spec, formula: byIds(table, spec.formula) };
  if (spec.type !== "multipleRecordLinks") return spec;
  return {
    type: spec.type,
    table: tableId(spec.table),
    inverse: fieldId(spec.table, spec.inverse),
    single: spec.single,
  };
}
