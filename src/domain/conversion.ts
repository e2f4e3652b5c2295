import type { EntityName } from "./entities/names.ts";
import type { Plain } from "./fields.ts";

/** How a record of one kind becomes one of another kind: a deal an invoice, a deal some tasks. */
export type Conversion = {
  name: string;
  title: string;
  from: EntityName;
  to: EntityName;
  /** Made once and then left alone, whatever becomes of the record it was made from. */
  once: boolean;
  /** What was made goes on with its record also when the flow's filter is not true of that any more. */
  follows: boolean;
  /** What is made of one record, each under a name that stays; the one of `only` keeps the record's own id. */
  records: Readonly<Record<string, Template>>;
};

/** Name of the record of a conversion that makes a single one. */
export const only = "";

/** Canonical field of the target: what stands in it. */
export type Template = Readonly<Record<string, Cell | Rows>>;

export type Cell =
  | { kind: "constant"; value: Plain }
  /** The field as it is; `id` is the record's own id at the source. */
  | { kind: "field"; field: string }
  /** Empty where one of its fields is. */
  | { kind: "text"; parts: Parts }
  /** The same for the place of a file: what a field holds is one name in it, never two. */
  | { kind: "path"; parts: Parts }
  | { kind: "days_after"; field: string; days: number }
  /** One word for another; `else` where it has none of these, and empty where it has none at all. */
  | { kind: "words"; field: string; words: Readonly<Record<string, Plain>>; else: Plain };
export type Parts = readonly (string | { field: string })[];
export type Rows = { kind: "lines"; rows: readonly Readonly<Record<string, Cell>>[] };

/** Fields of the source that a cell looks at. */
export function fieldsOf(cell: Cell | Rows): readonly string[] {
  switch (cell.kind) {
    case "constant":
      return [];
    case "field":
    case "days_after":
    case "words":
      return [cell.field];
    case "text":
    case "path":
      return cell.parts.flatMap((part) => (typeof part === "string" ? [] : [part.field]));
    case "lines":
      return cell.rows.flatMap((row) => Object.values(row).flatMap(fieldsOf));
    default:
      return cell satisfies never;
  }
}
