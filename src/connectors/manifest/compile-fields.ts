import { entityOf, type EntityName } from "#domain/entities/index.ts";
import type { Fields, Value } from "#domain/fields.ts";
import type { Json } from "#domain/json.ts";
import type { Problem } from "#domain/problem.ts";
import { type Around, type Coder, isRefusal } from "../codecs/codec.ts";
import { codecs } from "../codecs/index.ts";
import { type Get, getter, setter, textOf } from "../json/path.ts";
import { jsonText } from "../json/lossless.ts";
import { type FieldLine, parseFieldLine } from "./field-line.ts";

export type Decoded = { fields: Fields; problems: readonly Problem[] };
export type NativeObject = Record<string, Json>;
export type Encoded = { native: NativeObject } | { problem: Problem };

/** An object's field lines, as functions. */
export type FieldMap = {
  decode(record: Json, country: string | null): Decoded;
  /**
   * Only what the fields name. Nulls become `empty`, or are left out where the record is new; a field
   * that is written once only is left out of an update.
   */
  encode(fields: Fields, about: { fresh: boolean; empty: Json }): Encoded;
  /** One value alone, as a search for it has to be worded; null where it cannot be one. */
  encodeOne(field: string, value: string): Json | null;
  names: readonly string[];
  /** The tool's own name for a field: `PrimaryEmailAddr.Address`. */
  pathOf(field: string): string | undefined;
  /** The canonical field the tool means by this name, as exactly as can be told. */
  fieldNamed(toolName: string): string | null;
};

type Compiled = {
  name: string;
  line: FieldLine;
  coder: Coder;
  get: Get;
  set: (into: NativeObject, value: Json) => void;
  once: boolean;
};

/** From lines a linter has seen. */
export function compileFields(
  entity: EntityName,
  lines: Readonly<Record<string, string>>,
  once: readonly string[],
): FieldMap {
  const compiled = Object.entries(lines).map(([name, text]) => compile(name, text, once));
  const byName = new Map(compiled.map((field) => [field.name, field]));
  const kinds = entityOf(entity).fields;
  const countryField = compiled.find(({ name }) => kinds[name]?.type.kind === "country");

  return {
    decode(record, country) {
      const fields: Record<string, Value> = {};
      let problems: Problem[] | undefined;
      const around: Around = { country: countryIn(record, countryField) ?? country };
      for (const { name, get, coder } of compiled) {
        const native = get(record);
        if (native === undefined) continue;
        const value = native === null ? null : coder.decode(native, around);
        if (isRefusal(value)) {
          fields[name] = asSent(native);
          (problems ??= []).push(invalid(name, value.refused, value.message));
        } else {
          fields[name] = value;
        }
      }
      return { fields, problems: problems ?? none };
    },

    encode(fields, { fresh, empty }) {
      const native: NativeObject = {};
      for (const { name, set, coder, once } of compiled) {
        const value = fields[name];
        if (value === undefined || (once && !fresh)) continue;
        if (value === null) {
          if (!fresh) set(native, empty);
          continue;
        }
        const coded = coder.encode(value);
        if (isRefusal(coded)) return { problem: invalid(name, coded.refused, coded.message) };
        set(native, coded);
      }
      return { native };
    },

    encodeOne(field, value) {
      const coded = byName.get(field)?.coder.encode(value) ?? null;
      return isRefusal(coded) ? null : coded;
    },

    names: compiled.map(({ name }) => name),
    pathOf: (field) => byName.get(field)?.line.pathText,
    fieldNamed: namer(compiled),
  };
}

const none: readonly Problem[] = [];

function compile(name: string, text: string, once: readonly string[]): Compiled {
  const line = parseFieldLine(text);
  const codec = line === undefined ? undefined : codecs[line.codec];
  if (line === undefined || codec === undefined) throw new TypeError(`No field line: ${text}`);
  return {
    name,
    line,
    coder: codec.make(line.args),
    get: getter(line.path),
    set: setter(line.path),
    once: once.includes(name),
  };
}

function countryIn(record: Json, field: Compiled | undefined): string | null {
  const native = field?.get(record);
  if (field === undefined || native === undefined || native === null) return null;
  const value = field.coder.decode(native, { country: null });
  return typeof value === "string" ? value : null;
}

const invalid = (field: string, code: string, message: string): Problem => ({
  class: "invalid",
  field,
  code,
  message,
});

/** A list or an object cannot stand in a canonical record, but its text can. */
const asSent = (native: Json): string => (textOf(native) ?? jsonText(native)).slice(0, 10_000);

/**
 * Tools name a field by its whole path, by its last name, or by the first: `PrimaryEmailAddr` for
 * `PrimaryEmailAddr.Address`. A name that would fit several fields names none.
 */
function namer(compiled: readonly Compiled[]): (toolName: string) => string | null {
  const names = new Map<string, string | null>();
  const add = (key: string, name: string) => names.set(key, names.has(key) ? null : name);
  for (const { name, line } of compiled) {
    const path = line.pathText.toLowerCase();
    const steps = path.split(".");
    for (const key of new Set([path, steps.at(-1) ?? path, steps[0] ?? path])) add(key, name);
  }
  return (toolName) => {
    const asked = toolName.toLowerCase();
    return names.get(asked) ?? names.get(asked.split(".").at(-1) ?? asked) ?? null;
  };
}
