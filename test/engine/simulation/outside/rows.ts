import type { ObjectName } from "./manifest.ts";

/** A value as a tool has it: text, or what should have been one. */
export type Native = string | number | boolean | null | readonly string[];
export type NativeFields = Readonly<Record<string, Native>>;

export type Row = {
  id: string;
  /** What it was before, oldest first, each until when by the tool's own clock. */
  was: readonly (State & { untilMs: number })[];
  /** When it was made and changed last, in the order of all changes: nobody's clock. */
  order: number;
  /** Not found by its fields before. */
  findableMs: number;
  /** Not in any list before. */
  listedMs: number;
} & State;

/** What changes of it. */
type State = {
  fields: NativeFields;
  version: number;
  deleted: boolean;
  /** By the tool's own clock. */
  updatedMs: number;
  bytes: Buffer | null;
};

export type Rows = {
  of(object: ObjectName): Map<string, Row>;
  live(object: ObjectName): Row[];
  add(object: ObjectName, fields: NativeFields, findableMs: number, bytes?: Buffer | null): Row;
  change(object: ObjectName, id: string, part: Partial<Pick<Row, "fields" | "deleted" | "bytes">>): Row; // prettier-ignore
};

/** What a tool holds, by objects. `now` is its own clock, in milliseconds. */
export function makeRows(prefix: string, now: () => number): Rows {
  let ids = 0;
  let order = 0;
  const objects = new Map<ObjectName, Map<string, Row>>();
  const of = (object: ObjectName): Map<string, Row> => {
    const rows = objects.get(object) ?? new Map<string, Row>();
    objects.set(object, rows);
    return rows;
  };
  return {
    of,
    live: (object) => [...of(object).values()].filter(({ deleted }) => !deleted),
    add(object, fields, findableMs, bytes = null) {
      const id = `${prefix}${String((ids += 1)).padStart(5, "0")}`;
      const row = { id, fields, was: [], version: 1, deleted: false, updatedMs: now(), order: (order += 1), findableMs, listedMs: 0, bytes }; // prettier-ignore
      of(object).set(id, row);
      return row;
    },
    change(object, id, part) {
      const row = of(object).get(id);
      if (row === undefined) throw new Error(`no ${object} ${id}`);
      const { fields, version, deleted, updatedMs, bytes } = row;
      const was = [...row.was, { fields, version, deleted, updatedMs, bytes, untilMs: now() }];
      const next = { ...row, ...part, was, version: row.version + 1, updatedMs: now(), order: (order += 1) }; // prettier-ignore
      of(object).set(id, next);
      return next;
    },
  };
}

/** As it was then, by the tool's own clock; null where it was not there yet. */
export function asOf(row: Row, atMs: number): Row | null {
  const before = row.was.find(({ untilMs }) => untilMs > atMs);
  const state = before ?? row;
  return state.updatedMs > atMs && state === (row.was[0] ?? row)
    ? null
    : { ...row, ...state, was: [] };
}
