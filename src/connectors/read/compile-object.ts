import { isEntityName } from "#domain/entities/index.ts";
import type { Json } from "#domain/json.ts";
import { isRefusal } from "../codecs/codec.ts";
import { codecs } from "../codecs/index.ts";
import { getAt, parsePath, textOf } from "../json/path.ts";
import { compileFields, type FieldMap } from "../manifest/compile-fields.ts";
import { parseFieldLine } from "../manifest/field-line.ts";
import type { ByIdsSpec, CountSpec, Manifest, ObjectSpec, ReadSpec } from "../manifest/manifest.ts";
import { compileJson, type Variables } from "../manifest/template.ts";
import { type Pager } from "../paging/paging.ts";
import { pagerOf } from "../paging/index.ts";
import { compileRequest, type Prepare } from "../request/prepare.ts";

/** A list of a manifest, ready to be read. */
export type List = {
  prepare: Prepare;
  tie: Prepare | null;
  pager: Pager | null;
  records(body: Json | undefined): readonly Json[];
  /** Where the list stands in the answer, for its records' own bytes. */
  path: readonly string[];
  size: number | null;
  count: ((variables: Variables) => ReturnType<Prepare>) | null;
  countAt(body: Json | undefined): number | null;
};

/** A list that is asked for with ids or values. */
export type ByValues = List & { most: number; item(variables: Variables): Json | undefined };

/** One object of a manifest as functions. Made once, used for every record. */
export type ObjectPlan = {
  spec: ObjectSpec;
  fields: FieldMap;
  idOf(record: Json): string | null;
  versionOf(record: Json): string | null;
  changedAt(record: Json): string | null;
  isGone(record: Json): boolean;
  columns: readonly string[];
  list: List;
  goneList: List | null;
  changes: List | null;
  byIds: ByValues | null;
  find: ByValues | null;
};

export function compileObject(manifest: Manifest, spec: ObjectSpec): ObjectPlan {
  if (!isEntityName(spec.entity)) throw new TypeError(`No entity ${spec.entity}`);
  const list = (given: ReadSpec & { count?: CountSpec | undefined }): List =>
    compileList(manifest, given);
  const byValues = (given: ByIdsSpec, most: number): ByValues => ({
    ...list(given),
    most,
    item: compileJson(given.item ?? null),
  });
  const id = getAt(spec.id);
  const version = spec.version === undefined ? null : getAt(spec.version);

  return {
    spec,
    fields: compileFields(spec.entity, spec.fields, spec.once),
    idOf: (record) => textOf(id(record)),
    versionOf: (record) => (version === null ? null : textOf(version(record))),
    changedAt: compileChanged(spec.changed),
    isGone: compileGone(spec.gone),
    columns: columnsOf(spec),
    list: list(spec.list),
    goneList: spec.gone_list === undefined ? null : list(spec.gone_list),
    changes:
      spec.changes === undefined
        ? null
        : {
            ...list(spec.changes),
            tie: spec.changes.tie === undefined ? null : compileRequest(spec.changes.tie, manifest),
          },
    byIds: spec.read === undefined ? null : byValues(spec.read, spec.read.ids),
    find: spec.find === undefined ? null : byValues({ ...spec.find, ids: 1 }, spec.find.values),
  };
}

function compileList(manifest: Manifest, spec: ReadSpec & { count?: CountSpec | undefined }): List {
  const records = getAt(spec.records);
  const countAt = spec.count === undefined ? null : getAt(spec.count.at);
  return {
    prepare: compileRequest(spec, manifest),
    tie: null,
    pager: spec.next === undefined ? null : pagerOf(spec.next, spec.size),
    records(body) {
      const found = records(body);
      return Array.isArray(found) ? found : [];
    },
    path: (parsePath(spec.records) ?? []).map(String),
    size: spec.size ?? null,
    count: spec.count === undefined ? null : compileRequest(spec.count, manifest),
    countAt(body) {
      const count = Number(textOf(countAt?.(body)) ?? NaN);
      return Number.isSafeInteger(count) && count >= 0 ? count : null;
    },
  };
}

/** An instant that is in UTC already, as most tools send it, is taken as it stands. */
const utc = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?Z$/;

function compileChanged(line: string | undefined): (record: Json) => string | null {
  const parsed = line === undefined ? undefined : parseFieldLine(line);
  if (parsed === undefined) return () => null;
  const get = getAt(parsed.pathText);
  const coder = codecs[parsed.codec]?.make(parsed.args);
  return (record) => {
    const native = get(record);
    if (native === undefined || native === null) return null;
    if (typeof native === "string" && utc.test(native)) return native;
    const value = coder?.decode(native, { country: null }) ?? null;
    return isRefusal(value) || typeof value !== "string" ? null : value;
  };
}

function compileGone(gone: ObjectSpec["gone"]): (record: Json) => boolean {
  if (gone === undefined) return () => false;
  const get = getAt(gone.at);
  const sign = String(gone.equals);
  return (record) => textOf(get(record)) === sign;
}

/** The names below `columns` that the field lines read: what a tool is asked to send. */
function columnsOf({ columns, fields, changed }: ObjectSpec): readonly string[] {
  if (columns === undefined) return [];
  const lines = [...Object.values(fields), ...(changed === undefined ? [] : [changed])];
  const names = lines.flatMap((line) => {
    const path = parseFieldLine(line)?.pathText ?? "";
    return path.startsWith(`${columns}.`)
      ? [path.slice(columns.length + 1).split(".")[0] ?? ""]
      : [];
  });
  return [...new Set(names)];
}
