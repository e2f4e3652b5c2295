import { isEntityName } from "#domain/entities/index.ts";
import type { Json } from "#domain/json.ts";
import { isRefusal, type SettingOf } from "../codecs/codec.ts";
import { codecs } from "../codecs/index.ts";
import { getAt, getter, type Path, parsePath, textOf, withColumns } from "../json/path.ts";
import type { NameOf } from "../manifest/compile-field.ts";
import { compileFields, type FieldMap } from "../manifest/compile-fields.ts";
import { type FieldSpec, isRows, parseFieldLine, parseSingle, type RowsSpec } from "../manifest/field-line.ts"; // prettier-ignore
import type { Manifest, ObjectSpec } from "../manifest/manifest.ts";
import { compileOnly } from "../manifest/only.ts";
import type { ByIdsSpec, ReadSpec } from "../manifest/read-spec.ts";
import { compileJson, type Variables } from "../manifest/template.ts";
import { compileRequest, type Prepare } from "../request/prepare.ts";
import { compileJoins } from "./join.ts";
import type { Upload } from "../files/upload.ts";
import { uploadOf } from "../files/uploads.ts";
import { compileTree, type TreePlan } from "./tree.ts";
import { compileGone, compileList, type List } from "./list.ts";

/** A list that is asked for with ids or values. */
export type ByValues = List & {
  most: number;
  /** How long all of them together may be; null where it does not matter. */
  longest: number | null;
  item(variables: Variables): Json | undefined;
};

/** A feed that goes on from a token. */
export type Feed = {
  start: { prepare: Prepare; at(body: Json | undefined): string | null } | null;
  final(body: Json | undefined): string | null;
  ofList: ((body: Json | undefined) => string | null) | null;
};

/** One object of a manifest as functions, for one connection. Made once, used for every record. */
export type ObjectPlan = {
  spec: ObjectSpec;
  fields: FieldMap;
  idOf(record: Json): string | null;
  versionOf(record: Json): string | null;
  changedAt(record: Json): string | null;
  /** Null where the tool does not say. */
  changedBy(record: Json): string | null;
  isGone(record: Json): boolean;
  /** Whether a record is one of this object's at all. */
  isOurs(record: Json): boolean;
  /** Of a record that is gone: the one it became. */
  mergedInto(record: Json): string | null;
  /** Of one that stays: the ones it has swallowed. */
  mergedFrom(record: Json): readonly string[];
  columns: readonly string[];
  /** Null where the records are sent to us. */
  list: List | null;
  goneList: List | null;
  changes: List | null;
  feed: Feed | null;
  byIds: ByValues | null;
  find: ByValues | null;
  /** Canonical fields that can be searched by, and what the tool calls them. */
  findBy: Readonly<Record<string, string>>;
  /** Where records are files and folders. `none` is said of a file without bytes. */
  content: { download: Prepare; none: string; upload: Upload | null } | null;
  tree: TreePlan | null;
};

/** How a connection calls the columns of a field; null where it leaves the field out. */
export type Renames = (field: string) => NameOf | null;

const itsOwn: Renames = () => (column) => column;

export function compileObject(
  manifest: Manifest,
  spec: ObjectSpec,
  renames: Renames = itsOwn,
  settingOf?: SettingOf,
): ObjectPlan {
  if (!isEntityName(spec.entity)) throw new TypeError(`No entity ${spec.entity}`);
  const used = joinsUsed(spec, renames);
  const listOf = (given: ReadSpec): List => ({
    ...compileList(manifest, given),
    joins: compileJoins(manifest, spec, given.joins.filter(used)),
  });
  const byValues = (given: ByIdsSpec, most: number): ByValues => ({
    ...listOf(given),
    most,
    longest: null,
    item: compileJson(given.item ?? null),
  });
  const id = getAt(spec.id);
  const version = textAt(spec.version);
  const into = textAt(spec.merged?.into);
  const from = textAt(spec.merged?.from);
  const listIf = (given: ReadSpec | undefined) => (given === undefined ? null : listOf(given));

  return {
    spec,
    fields: compileFields(spec.entity, spec, renames, settingOf),
    idOf: (record) => textOf(id(record)),
    versionOf: version,
    changedAt: compileTime(spec.changed),
    changedBy: textAt(spec.changed_by),
    isGone: compileGone(spec.gone),
    isOurs: compileOnly(spec.only),
    mergedInto: (record) => into(record) || null,
    mergedFrom: (record) =>
      from(record)
        ?.split(";")
        .filter((one) => one !== "") ?? [],
    columns: columnsOf(spec, renames),
    list: listIf(spec.list),
    goneList: listIf(spec.gone_list),
    changes: listIf(spec.changes),
    feed: compileFeed(manifest, spec),
    byIds: spec.read === undefined ? null : byValues(spec.read, spec.read.ids),
    find: compileFind(spec, byValues),
    findBy: compileFindBy(spec, renames),
    content: compileContent(manifest, spec.content),
    tree: spec.tree === undefined ? null : compileTree(manifest, spec.tree),
  };
}

function compileContent(manifest: Manifest, spec: ObjectSpec["content"]): ObjectPlan["content"] {
  if (spec === undefined) return null;
  const upload = spec.upload === undefined ? null : uploadOf(spec.upload, manifest);
  return { download: compileRequest(spec.download, manifest), none: spec.none, upload };
}

/** What stands at a path, as text; null where there is no such path. */
function textAt(path: string | undefined): (record: Json) => string | null {
  if (path === undefined) return () => null;
  const get = getAt(path);
  return (record) => textOf(get(record));
}

function compileFind(
  { find }: ObjectSpec,
  byValues: (given: ByIdsSpec, most: number) => ByValues,
): ByValues | null {
  if (find === undefined) return null;
  return { ...byValues({ ...find, ids: 1 }, find.values), longest: find.length ?? null };
}

/** A field that a connection leaves out cannot be searched by either. */
function compileFindBy({ find }: ObjectSpec, renames: Renames): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(find?.fields ?? {}).flatMap(([field, text]) => {
      const nameOf = renames(field);
      const column = /^\{([^{}]+)\}$/.exec(text)?.[1]?.trim();
      return nameOf === null ? [] : [[field, column === undefined ? text : nameOf(column)]];
    }),
  );
}

function compileFeed(manifest: Manifest, { changes }: ObjectSpec): Feed | null {
  const feed = changes?.feed;
  if (feed === undefined) return null;
  const at = (path: string) => {
    const get = getAt(path);
    return (body: Json | undefined) => textOf(get(body));
  };
  return {
    start:
      feed.start === undefined
        ? null
        : { prepare: compileRequest(feed.start, manifest), at: at(feed.start.at) },
    final: at(feed.final),
    ofList: feed.of_list === undefined ? null : at(feed.of_list),
  };
}

/** An instant that is in UTC already, as most tools send it, is taken as it stands. */
const utc = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?Z$/;

export function compileTime(line: string | undefined): (record: Json) => string | null {
  const parsed = line === undefined ? undefined : parseFieldLine(line);
  if (parsed === undefined) return () => null;
  const get = getter(parsed.path);
  const coder = codecs[parsed.codec]?.make(parsed.args);
  return (record) => {
    const native = get(record);
    if (native === undefined || native === null) return null;
    if (typeof native === "string" && utc.test(native)) return native;
    const value = coder?.decode(native, { country: null }) ?? null;
    return isRefusal(value) || typeof value !== "string" ? null : value;
  };
}

/** The names below `columns` that the fields read: what a tool is asked to send. */
function columnsOf(spec: ObjectSpec, renames: Renames): readonly string[] {
  if (spec.columns === undefined) return [];
  const below = parsePath(spec.columns) ?? [];
  const names = readPaths(spec, renames).flatMap((path) => {
    const under = below.every((step, index) => path[index] === step);
    const name = path[below.length];
    return under && typeof name === "string" ? [name] : [];
  });
  return [...new Set(names)];
}

/** Whether a field reads what a join brings: where a connection leaves it out, nobody asks for it. */
function joinsUsed(spec: ObjectSpec, renames: Renames): (name: string) => boolean {
  const read = readPaths(spec, renames);
  return (name) => {
    const into = parsePath(spec.joins[name]?.into ?? "") ?? [];
    return read.some((path) => into.every((step, index) => path[index] === step));
  };
}

function readPathsOf(field: Exclude<FieldSpec, RowsSpec>): readonly Path[] {
  const { read = null, further = [] } = parseSingle(field) ?? {};
  return read === null ? [] : [read, ...further].map(({ path }) => path);
}

function readPaths(spec: ObjectSpec, renames: Renames): readonly Path[] {
  const fields = Object.entries(spec.fields).flatMap(([name, field]) => {
    const nameOf = renames(name);
    const paths = isRows(field) ? [parsePath(field.each) ?? []] : readPathsOf(field);
    return nameOf === null ? [] : paths.map((path) => withColumns(path, nameOf));
  });
  // Who changed it stands in another record, or in no column: what asks for it is written out.
  const { changed, id, merged, gone } = spec;
  const changedAt = changed === undefined ? undefined : parseFieldLine(changed)?.pathText;
  const others = [changedAt, id, merged?.into, merged?.from, gone?.at];
  return [...fields, ...others.flatMap((text) => (text === undefined ? [] : [parsePath(text) ?? []]))]; // prettier-ignore
}
