import { isLines, type Line, type Plain, type Value } from "#domain/fields.ts";
import type { Json } from "#domain/json.ts";
import {
  type Around,
  type Codec,
  type Coder,
  isRefusal,
  type Refusal,
  refuse,
  type SettingOf,
} from "../codecs/codec.ts";
import { codecs } from "../codecs/index.ts";
import { objectOf } from "../codecs/reference.ts";
import { jsonText } from "../json/lossless.ts";
import { clearer, embedded, type Get, getAt, getter, parsePath, type Path, setter, textOf, withColumns } from "../json/path.ts"; // prettier-ignore
import { type FieldLine, type FieldSpec, isRows, parseSingle, type RowsSpec, type SingleField } from "./field-line.ts"; // prettier-ignore
import { compileJson, mergeDeep, type Variables } from "./template.ts";

export type NativeObject = Record<string, Json>;

/** Names a connection gives to a tool's columns; the name itself where it gives none. */
export type NameOf = (column: string) => string;

/** How a connection calls a field's columns, and what its settings say. */
export type Names = { nameOf: NameOf; settingOf: SettingOf };

/** One field of an object, as functions. */
export type CompiledField = {
  name: string;
  /** Undefined where the record says nothing of it. */
  decode(record: Json, around: Around): Value | Refusal | undefined;
  /** What stands there as the tool sent it. */
  raw: Get;
  /** Puts a value there, or says why it cannot be. */
  encode(into: NativeObject, value: Exclude<Value, null>, record: Variables): Refusal | null;
  /** Puts there what empties the field. */
  clear(into: NativeObject, empty: Json): void;
  /** A value alone, as it is worded for the tool. */
  word(value: string | boolean): Json | Refusal;
  reads: boolean;
  writable: boolean;
  coarse: boolean;
  /** For a reference: the object that it leads to. */
  refersTo: string | null;
  /** Whether what is written may use other fields of the record: {record.currency}. */
  usesRecord: boolean;
  /** Where it is read, or else written, in the tool's own names. */
  pathText: string;
};

/** From a field that a linter has seen. @throws TypeError for another */
export function compileField(name: string, spec: FieldSpec, names: Names): CompiledField {
  if (isRows(spec)) return compileRows(name, spec, names);
  const field = parseSingle(spec);
  if (field === undefined) throw new TypeError(`No field: ${JSON.stringify(spec)}`);
  const way = field.read ?? field;
  const coarse = codecNamed(way.codec).coarse?.(way.args) ?? false;
  return compileSingle(name, field, codecNamed(field.codec).make(field.args, names.settingOf), {
    coarse: coarse || field.finer || isFirstOfMany(field),
    refersTo: field.codec === "ref" ? objectOf(field.args) : null,
    names,
  });
}

const codecNamed = (name: string): Codec => {
  const codec = codecs[name];
  if (codec === undefined) throw new TypeError(`No codec: ${name}`);
  return codec;
};

const anywhere: Around = { country: null };

/** One place where a field may be read. */
type Reading = { get: Get; decode: Coder["decode"] };

const compileReading = (
  { path, codec, args }: FieldLine,
  { nameOf, settingOf }: Names,
): Reading[] => {
  const decode = codecs[codec]?.make(args, settingOf).decode;
  return decode === undefined ? [] : [{ get: getter(withColumns(path, nameOf)), decode }];
};

/** Written anew, a list would lose the items beside the one that is ours. */
const isFirstOfMany = ({ read, write }: SingleField): boolean =>
  read !== null && write !== null && typeof read.path.at(-1) === "number" && read.pathText === write.pathText; // prettier-ignore

const placeAt = (path: Path) => ({ set: setter(path), clear: clearer(path) });

function compileSingle(
  name: string,
  { read, further, write, as, empty: own, absent, length }: SingleField,
  coder: Coder,
  { coarse, refersTo, names }: Pick<CompiledField, "coarse" | "refersTo"> & { names: Names },
): CompiledField {
  const { nameOf } = names;
  const lines = read === null ? [] : [read, ...further];
  const readings = lines.flatMap((line) => compileReading(line, names));
  const nothing = absent === "empty" && readings.length > 0 ? null : undefined;
  const into = write === null ? null : placeAt(withColumns(write.path, nameOf));
  const wrap = as === null ? null : compileJson(as);
  return {
    name,
    raw: (record) =>
      readings
        .filter(({ get, decode }) => decode(get(record) ?? null, anywhere) !== null)
        .map(({ get }) => get(record))[0],
    decode: decoder(readings, nothing),
    encode(native, value, record) {
      if (isLines(value)) return refuse("BAD_VALUE", "A list of rows cannot stand here");
      const coded = coder.encode(value);
      if (isRefusal(coded)) return coded;
      const long = tooLong(coded, length);
      if (long !== null) return long;
      into?.set(
        native,
        wrap === null ? coded : (wrap({ value: coded, record: record as Json }) ?? null),
      );
      return null;
    },
    clear: (native, empty) =>
      own === undefined ? into?.clear(native, empty) : into?.set(native, own),
    word: (value) => coder.encode(value),
    reads: readings.length > 0,
    writable: into !== null,
    coarse,
    refersTo,
    usesRecord: wrap !== null,
    pathText: pathText(withColumns((read ?? write)?.path ?? [], nameOf)),
  };
}

/** The first reading that finds something; `nothing` where none even says that it is empty. */
function decoder(readings: readonly Reading[], nothing: null | undefined): CompiledField["decode"] {
  const [only] = readings;
  // Nearly all fields stand in one place, and this is called for each of every record.
  if (only !== undefined && readings.length === 1)
    return (record, around) => {
      const native = only.get(record);
      const value = native == null ? native : only.decode(native, around);
      return value === undefined ? nothing : value;
    };
  return (record, around) => {
    let said: null | undefined;
    for (const { get, decode } of readings) {
      const native = get(record);
      const value = native == null ? native : decode(native, around);
      if (value != null) return value;
      if (value === null) said = null;
    }
    return said === undefined ? nothing : said;
  };
}

/** As the tool writes it: `fields.Full name` for `fields.{Full name}`. */
const pathText = (path: Path): string => path.filter((step) => typeof step === "string").join(".");

/** Tools say what a place holds, and seldom what becomes of more: some refuse it and some cut it. */
function tooLong(value: Json, most: number): Refusal | null {
  if (most === Infinity) return null;
  const { length } = textOf(value) ?? jsonText(value);
  if (length <= most) return null;
  const [is, may] = [length, most].map((count) => count.toLocaleString("en-US"));
  return refuse(
    "TOO_LONG",
    `This has ${String(is)} characters, and there is room for ${String(may)}`,
  );
}

const noRows = refuse("BAD_ROWS", "This is no list of rows");

/** A list of rows, each with fields of its own. Rows are replaced as a whole. */
function compileRows(name: string, spec: RowsSpec, names: Names): CompiledField {
  const path = withColumns(parsePath(spec.each) ?? [], names.nameOf);
  const get = getter(path);
  const place = withColumns(parsePath(spec.write ?? spec.each) ?? [], names.nameOf);
  const { set, clear } = placeAt(place);
  // Rows may stand in a text, as JSON.
  const textAt = path.at(-1) === embedded ? getter(path.slice(0, -1)) : null;
  const inText = place.at(-1) === embedded;
  const only = Object.entries(spec.only).map(([at, equals]) => [getAt(at), equals] as const);
  const parts = Object.entries(spec.fields).map(([part, line]) => compileField(part, line, names));
  const besides = compileJson(spec.with as Json);

  function row(native: Json, around: Around): Line | Refusal {
    const line: Record<string, Plain> = {};
    for (const part of parts) {
      const value = part.decode(native, around) ?? null;
      if (isRefusal(value)) return value;
      line[part.name] = isLines(value) ? null : value;
    }
    return line;
  }

  function written(line: Line, record: Variables): NativeObject | Refusal {
    const native: NativeObject = {};
    for (const part of parts) {
      const value = line[part.name];
      if (value === undefined || value === null) continue;
      const refused = part.encode(native, value, record);
      if (refused !== null) return refused;
    }
    return mergeDeep(
      native,
      (besides({ ...record, record: record as Json }) ?? {}) as NativeObject,
    );
  }

  return {
    name,
    raw: get,
    decode(record, around) {
      const native = get(record);
      if (native === undefined) return textOf(textAt?.(record)) === null ? undefined : noRows;
      if (!Array.isArray(native)) return native === null ? null : noRows;
      const rows = native
        .filter((one) => only.every(([at, equals]) => textOf(at(one)) === equals))
        .map((one) => row(one, around));
      const bad = rows.find(isRefusal);
      return bad ?? (rows.length === 0 ? null : (rows as Line[]));
    },
    encode(into, value, record) {
      if (!isLines(value)) return refuse("BAD_ROWS", "A list of rows is needed here");
      const rows = value.map((line) => written(line, record));
      const bad = rows.find(isRefusal);
      if (bad !== undefined) return bad as Refusal;
      const long = tooLong(rows as Json[], spec.length ?? Infinity);
      if (long === null) set(into, rows as Json[]);
      return long;
    },
    clear: (into, empty) => clear(into, inText ? empty : []),
    word: () => refuse("BAD_ROWS", "A list of rows cannot be searched for"),
    reads: true,
    writable: true,
    coarse: spec.finer === true,
    refersTo: null,
    usesRecord: true,
    pathText: pathText(path),
  };
}
