import type { Json } from "#domain/json.ts";
import { getAt, getFirst, parsePath, textOf } from "../json/path.ts";
import type { Manifest } from "../manifest/manifest.ts";
import type { CountSpec, ParentsSpec, ReadSpec } from "../manifest/read-spec.ts";
import type { RequestSpec } from "../manifest/request-spec.ts";
import type { Variables } from "../manifest/template.ts";
import type { Pager, Place } from "../paging/paging.ts";
import { pagerOf } from "../paging/index.ts";
import { compileBeside } from "./beside.ts";
import { compileRequest, type Prepare, type Prepared } from "../request/prepare.ts";
import type { Join } from "./join.ts";

/** What stands in a list for one record: the record itself, or something about it. */
export type Entry = {
  /** Undefined where the entry only tells of it. */
  record: Json | undefined;
  /** Where the entry says it; null where the record itself does. */
  id: string | null;
  gone: boolean;
};

/** A list of a manifest, ready to be read. */
export type List = {
  /** The request for the page at this place. */
  request(place: Place, variables: Variables): Prepared;
  pager: Pager | null;
  entries(body: Json | undefined): readonly Entry[];
  /** Where the list stands in the answer, for its records' own bytes; null where they are not told apart. */
  path: readonly string[] | null;
  /** Whether rows from elsewhere in the answer are put into its records. */
  beside: boolean;
  size: number | null;
  parents: (List & { idOf(record: Json): string | null }) | null;
  compact: boolean;
  /** What its records lack; only where it is a list of an object. */
  joins: readonly Join[];
  count: Prepare | null;
  countAt(body: Json | undefined): number | null;
};

type Spec = ReadSpec & { count?: CountSpec | undefined; tie?: RequestSpec | undefined };

/** From a list that a linter has seen. */
export function compileList(manifest: Pick<Manifest, "headers">, spec: Spec): List {
  const first = compileRequest(spec, manifest);
  const then = spec.then === undefined ? first : compileRequest(spec.then, manifest);
  const tie = spec.tie === undefined ? null : compileRequest(spec.tie, manifest);
  const pager = spec.next === undefined ? null : pagerOf(spec.next, spec.size);
  const start = JSON.stringify(pager?.first ?? {});
  const records = getFirst(spec.records);
  const countAt = spec.count === undefined ? null : getAt(spec.count.at);
  const entryOf = compileEntry(spec.entry);
  const withRows = compileBeside(spec.beside ?? {});

  return {
    request(place, variables) {
      if (tie !== null && pager?.tied(place) === true) return tie(variables);
      const onward = JSON.stringify(place) !== start;
      if (onward && spec.next?.kind === "next_url")
        return { ...first(variables), method: "GET", path: String(place["path"]), body: null };
      return (onward ? then : first)(variables);
    },
    pager,
    entries: (body) => withRows(listIn(records(body)), body).map(entryOf),
    path: pathTo(spec),
    beside: isBeside(spec),
    size: spec.size ?? null,
    parents: spec.each === undefined ? null : compileParents(manifest, spec.each),
    compact: spec.compact ?? false,
    joins: [],
    count: spec.count === undefined ? null : compileRequest(spec.count, manifest),
    countAt(body) {
      const count = Number(textOf(countAt?.(body)) ?? NaN);
      return Number.isSafeInteger(count) && count >= 0 ? count : null;
    },
  };
}

export function compileParents(manifest: Pick<Manifest, "headers">, spec: ParentsSpec) {
  const id = getAt(spec.id);
  return { ...compileList(manifest, spec), idOf: (record: Json) => textOf(id(record)) };
}

const isBeside = ({ beside = {} }: Spec): boolean => Object.keys(beside).length > 0;

/** A single record counts as a list of one; tools answer null for one that is not there. */
const listIn = (value: Json | undefined): readonly Json[] =>
  (Array.isArray(value) ? value : [value ?? null]).filter((one) => one !== null);

function compileEntry(spec: ReadSpec["entry"]): (one: Json) => Entry {
  if (spec === undefined) return (one) => ({ record: one, id: null, gone: false });
  const record = spec.record === undefined ? null : getAt(spec.record);
  const id = spec.id === undefined ? null : getAt(spec.id);
  const isGone = compileGone(spec.gone);
  return (one) => ({
    record: record === null ? one : (record(one) ?? undefined),
    id: id === null ? null : textOf(id(one)),
    gone: isGone(one),
  });
}

/** Whether a record, or an entry about one, says that it is gone. */
export function compileGone(gone: { at: string; equals: string | boolean } | undefined) {
  if (gone === undefined) return () => false;
  const get = getAt(gone.at);
  const sign = String(gone.equals);
  return (record: Json): boolean => textOf(get(record)) === sign;
}

function pathTo({ records, entry }: Spec): readonly string[] | null {
  if (typeof records !== "string") return null;
  const path = parsePath(records) ?? [];
  const plain = path.every((step) => typeof step === "string");
  return plain && entry?.record === undefined ? path.map(String) : null;
}
