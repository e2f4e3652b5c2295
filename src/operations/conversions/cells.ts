import type { Cell, Parts, Rows, Template } from "#domain/conversion.ts";
import type { Plain } from "#domain/fields.ts";
import { accepted, type Entity, type FieldKind } from "#domain/entities/entity.ts";
import type { LineKind } from "#domain/entities/field.ts";
import { article } from "../article.ts";
import { checkField } from "../check-field.ts";
import { listed, nearest } from "../nearest.ts";
import type { Fault } from "../workspace/faults.ts";
import type { ConversionFile } from "./shape.ts";

type Written = NonNullable<ConversionFile["record"]>;
type WrittenCell = Exclude<Written[string], readonly unknown[]>;
type Path = readonly PropertyKey[];

/** The fields of one record of a conversion, as far as they fit both kinds of record. */
export function readTemplate(
  written: Written,
  { from, to, path }: { from: Entity; to: Entity; path: Path },
): { template: Template; faults: readonly Fault[] } {
  const faults: Fault[] = [];
  const fault = (at: Path, message: string, atKey = false): null => {
    faults.push({ path: [...path, ...at], message, ...(atKey && { atKey }) });
    return null;
  };

  function readField(name: string, value: Written[string]): Cell | Rows | null {
    const type = to.fields[name]?.type;
    if (type === undefined) return fault([name], noField(to, name), true);
    if (!Array.isArray(value)) return readCell([name], value, type);
    if (type.kind !== "lines") return fault([name], `${name} takes ${accepted(type)}, not a list`);
    const rows = value.map((row, n) =>
      Object.entries(row).flatMap(([part, one]) => {
        const kind = type.fields[part]?.type;
        const at = [name, String(n), part];
        const unknown = `a row has ${listed(Object.keys(type.fields), 12)}`;
        const cell = kind === undefined ? fault(at, unknown, true) : readCell(at, one, kind);
        return cell === null ? [] : [[part, cell] as const];
      }),
    );
    return { kind: "lines", rows: rows.map((row) => Object.fromEntries(row)) };
  }

  function readCell(at: Path, value: WrittenCell, type: FieldKind | LineKind): Cell | null {
    if (typeof value === "object")
      return "of" in value ? readWords(at, value, type) : readDay(at, value, type);
    const parts = typeof value === "boolean" ? [] : partsOf(value);
    const unknown = parts.find((part) => typeof part !== "string" && !isKnown(from, part.field));
    if (typeof unknown === "object") return fault(at, noField(from, unknown.field));
    if (parts.every((part) => typeof part === "string")) return constant(at, value, type);
    return readParts(at, parts, type);
  }

  function readParts(at: Path, parts: Parts, type: FieldKind | LineKind): Cell | null {
    const [first, ...more] = parts;
    if (typeof first === "object" && more.length === 0)
      return fits(from, first.field, type)
        ? { kind: "field", field: first.field }
        : fault(at, `{${first.field}} does not fit; this takes ${accepted(type)}`);
    if (type.kind !== "text")
      return fault(at, `only a text is put together from parts; this takes ${accepted(type)}`);
    return { kind: to.name === "file" && at[0] === "path" ? "path" : "text", parts };
  }

  function readDay(
    at: Path,
    { day, plus }: Extract<WrittenCell, { day: string }>,
    type: FieldKind,
  ): Cell | null {
    const [part, ...more] = partsOf(day);
    if (type.kind !== "date")
      return fault(at, `a day is written here; this takes ${accepted(type)}`);
    if (typeof part !== "object" || more.length > 0 || !fits(from, part.field, type))
      return fault([...at, "day"], 'day must be one field that is a date, such as "{close_date}"');
    return { kind: "days_after", field: part.field, days: plus };
  }

  function readWords(
    at: Path,
    { of, words, else: other }: Extract<WrittenCell, { of: string }>,
    type: FieldKind | LineKind,
  ): Cell | null {
    const [part, ...more] = partsOf(of);
    const own = typeof part === "object" && more.length === 0 ? from.fields[part.field] : undefined;
    if (typeof part !== "object" || own?.type.kind !== "choice")
      return fault([...at, "of"], 'of must be one field that is one of a few words, such as "{status}"'); // prettier-ignore
    const { of: known } = own.type;
    const strange = Object.keys(words).find((word) => !known.includes(word));
    if (strange !== undefined)
      return fault(
        [...at, "words", strange],
        `{${part.field}} is one of ${listed(known, 12)}`,
        true,
      );
    if (other === undefined && known.some((word) => !Object.hasOwn(words, word)))
      return fault([...at, "words"], `each of ${listed(known, 12)} needs a word, or else one for the rest`); // prettier-ignore
    const said = Object.entries(words).map(
      ([word, value]) => [word, constant([...at, "words", word], value, type)] as const,
    );
    const rest = other === undefined ? null : constant([...at, "else"], other, type);
    const plain = (cell: Cell | null): Plain => (cell?.kind === "constant" ? cell.value : null);
    return {
      kind: "words",
      field: part.field,
      words: Object.fromEntries(said.map(([word, cell]) => [word, plain(cell)])),
      else: plain(rest),
    };
  }

  function constant(at: Path, value: string | boolean, type: FieldKind): Cell | null {
    const checked = checkField(type, value);
    if (!checked.ok) return fault(at, `this ${checked.message}`);
    return Array.isArray(checked.value) ? null : { kind: "constant", value: checked.value as string | boolean | null }; // prettier-ignore
  }

  const cells = Object.entries(written).flatMap(([name, value]) => {
    const cell = readField(name, value);
    return cell === null ? [] : [[name, cell] as const];
  });
  return { template: Object.fromEntries(cells), faults };
}

/** "For {title}": its texts and its fields. */
const partsOf = (text: string): Parts =>
  text
    .split(/(\{[\w.]+\})/)
    .filter((part) => part !== "")
    .map((part) => (/^\{[\w.]+\}$/.test(part) ? { field: part.slice(1, -1) } : part));

const isKnown = (entity: Entity, field: string): boolean =>
  field === "id" || Object.hasOwn(entity.fields, field);

/** The record's own id stands for what another conversion makes of it; a text takes whatever is written as one. */
function fits(entity: Entity, field: string, type: FieldKind): boolean {
  const own = entity.fields[field]?.type;
  if (own === undefined) return type.kind === "reference" || type.kind === "text";
  if (own.kind === "reference" && type.kind === "reference") return own.to === type.to;
  if (own.kind === "choice" && type.kind === "choice")
    return own.of.every((word) => type.of.includes(word));
  if (type.kind === "text") return !["lines", "content", "reference", "boolean"].includes(own.kind);
  return own.kind === type.kind && own.kind !== "lines";
}

function noField(entity: Entity, name: string): string {
  const names = Object.keys(entity.fields);
  const meant = nearest(name, names);
  const begin = `${article(entity.one)} has no field “${name.slice(0, 60)}”`;
  return meant === null
    ? `${begin}; it has ${listed(names, 30)}`
    : `${begin}; did you mean ${meant}?`;
}
