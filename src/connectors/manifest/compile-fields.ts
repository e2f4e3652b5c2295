import { entityOf, type EntityName } from "#domain/entities/index.ts";
import type { Fields, Value } from "#domain/fields.ts";
import type { Json } from "#domain/json.ts";
import type { Problem } from "#domain/problem.ts";
import { type Around, isRefusal, type Refusal, type SettingOf } from "../codecs/codec.ts";
import { jsonText } from "../json/lossless.ts";
import { textOf } from "../json/path.ts";
import { compileField, type CompiledField, type NameOf, type NativeObject } from "./compile-field.ts"; // prettier-ignore
import type { ObjectSpec } from "./manifest.ts";
import type { Variables } from "./template.ts";
import { compileWhole } from "./whole.ts";

export type { NativeObject } from "./compile-field.ts";
export type Decoded = { fields: Fields; problems: readonly Problem[] };
/** `sent` names the fields that are in it. */
export type Encoded = { native: NativeObject; sent: readonly string[] } | { problem: Problem };

/** An object's fields, as functions. */
export type FieldMap = {
  decode(record: Json, country: string | null): Decoded;
  /**
   * Only what the fields name. Nulls become `empty`, or are left out where the record is new; a field
   * that is written once only is left out of an update. `shared` is what templates may use besides.
   */
  encode(fields: Fields, about: { fresh: boolean; empty: Json; shared: Variables }): Encoded;
  /** One value alone, as a search for it has to be worded; null where it cannot be one. */
  encodeOne(field: string, value: string): Json | null;
  /** Those that can be written. */
  names: readonly string[];
  /** Those that can be read. */
  read: ReadonlySet<string>;
  /** Those of which several values are one of ours. */
  coarse: ReadonlySet<string>;
  /** Fields that refer to other records, and the object in which those are. */
  references: Readonly<Record<string, string>>;
  /** The canonical field the tool means by this name, as exactly as can be told. */
  fieldNamed(toolName: string): string | null;
};

const itsOwn: NameOf = (column) => column;

/** From fields a linter has seen; `nameOf` says how a connection calls the tool's columns, `settingOf` what its settings say. */
export function compileFields(
  entity: EntityName,
  { fields: specs, once, whole, absent }: Pick<ObjectSpec, "fields" | "once" | "whole" | "absent">,
  nameOf: (field: string) => NameOf | null = () => itsOwn,
  settingOf: SettingOf = itsOwn,
): FieldMap {
  const compiled = Object.entries(specs).flatMap(([name, spec]) => {
    const own = nameOf(name);
    return own === null ? [] : [compileField(name, spec, { nameOf: own, settingOf })];
  });
  const byName = new Map(compiled.map((field) => [field.name, field]));
  const kinds = entityOf(entity).fields;
  const countryField = compiled.find(({ name }) => kinds[name]?.type.kind === "country");
  const usesRecord = compiled.some((field) => field.usesRecord);
  const inWhole = compileWhole(whole, nameOf);

  return {
    decode(record, country) {
      const fields: Record<string, Value> = {};
      let problems: Problem[] | undefined;
      const home = countryField?.decode(record, nowhere);
      const around: Around = { country: typeof home === "string" ? home : country };
      for (const field of compiled) {
        const { name } = field;
        const value = field === countryField ? home : field.decode(record, around);
        if (value === undefined) {
          if (absent === "empty" && field.reads) fields[name] = null;
        } else if (isRefusal(value)) {
          fields[name] = asSent(field.raw(record) ?? null);
          (problems ??= []).push(invalid(name, value));
        } else {
          fields[name] = value;
        }
      }
      return { fields, problems: problems ?? none };
    },

    encode(given, { fresh, empty, shared }) {
      const { fields, clear: clearGroups } = inWhole(given, fresh);
      const native: NativeObject = {};
      const sent: string[] = [];
      const record = usesRecord ? { ...shared, ...wordsOf(fields, byName) } : shared;
      for (const { name, encode, clear, writable } of compiled) {
        const value = fields[name];
        if (!writable || value === undefined || (once.includes(name) && !fresh)) continue;
        if (value === null) {
          if (fresh) continue;
          clear(native, empty);
          sent.push(name);
          continue;
        }
        const refused = encode(native, value, record);
        if (refused !== null) return { problem: invalid(name, refused) };
        sent.push(name);
      }
      clearGroups(native, empty);
      return { native, sent };
    },

    encodeOne(field, value) {
      const coded = byName.get(field)?.word(value) ?? null;
      return isRefusal(coded) ? null : coded;
    },

    names: compiled.filter(({ writable }) => writable).map(({ name }) => name),
    read: new Set(compiled.filter(({ reads }) => reads).map(({ name }) => name)),
    coarse: new Set(compiled.filter(({ coarse }) => coarse).map(({ name }) => name)),
    references: Object.fromEntries(
      compiled.flatMap(({ name, refersTo }) => (refersTo === null ? [] : [[name, refersTo]])),
    ),
    fieldNamed: namer(compiled),
  };
}

const none: readonly Problem[] = [];
const nowhere: Around = { country: null };

/** Each value as it is worded for the tool, for templates: {record.currency}. */
function wordsOf(fields: Fields, byName: ReadonlyMap<string, CompiledField>): Variables {
  const words: Record<string, Json> = {};
  for (const [name, value] of Object.entries(fields)) {
    if (typeof value !== "string" && typeof value !== "boolean") continue;
    const word = byName.get(name)?.word(value) ?? value;
    if (!isRefusal(word)) words[name] = word;
  }
  return words;
}

const invalid = (field: string, { refused, message }: Refusal): Problem => ({
  class: "invalid",
  field,
  code: refused,
  message,
});

/** A list or an object cannot stand in a canonical record, but its text can. */
const asSent = (native: Json): string => (textOf(native) ?? jsonText(native)).slice(0, 10_000);

/**
 * Tools name a field by its whole path, by its last name, or by the first: `PrimaryEmailAddr` for
 * `PrimaryEmailAddr.Address`. A name that would fit several fields names none.
 */
function namer(compiled: readonly CompiledField[]): (toolName: string) => string | null {
  const names = new Map<string, string | null>();
  const add = (key: string, name: string) => names.set(key, names.has(key) ? null : name);
  for (const { name, pathText } of compiled) {
    const path = pathText.toLowerCase();
    const steps = path.split(".");
    for (const key of new Set([path, steps.at(-1) ?? path, steps[0] ?? path])) add(key, name);
  }
  return (toolName) => {
    const asked = toolName.toLowerCase();
    return names.get(asked) ?? names.get(asked.split(".").at(-1) ?? asked) ?? null;
  };
}
