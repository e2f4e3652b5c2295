import type { Collection, Shelf } from "../../collection.ts";
import type { Tally } from "../simulated-tool.ts";
import type { SObject, Value } from "./fields.ts";
import { idOf } from "./ids.ts";
import type { Schema } from "./schema.ts";

/** A record by field name; what has no value is null or absent. Instants are ISO texts in UTC. */
export type Row = Readonly<Record<string, Value>> & { readonly Id: string };

export type Organisation = {
  /** All of them, those in the recycle bin too. */
  rows(object: SObject): Iterable<Row>;
  get(object: SObject, id: string): Row | undefined;
  /** Those that are not deleted and have this value in an indexed field, whatever its capitals. */
  holders(object: SObject, field: string, value: Value): Row[];
  put(object: SObject, row: Row): Row;
  newId(object: SObject): string;
  /** Counts up from 1, by name. */
  next(name: string): number;
  /** Undoes what was put meanwhile if it throws, or if the result is not to be kept. */
  atomically<Result>(run: () => Result, keep?: (result: Result) => boolean): Result;
  /** A row as queries see it: a write shows only after `lagMs`. */
  seen(row: Row): Row | undefined;
  lagMs: number;
  tally: Tally;
};

type Undo = { object: SObject; id: string; before: Row | undefined };

const FIRST_NUMBER = 203_000_000;

/** What the simulated organisation holds. */
export function openOrganisation(shelf: Shelf, schema: Schema): Organisation {
  const kept = new Map<SObject, Collection<Row>>(
    schema.all.map((object) => [object, shelf.collection<Row>(object.name)]),
  );
  const counters = shelf.collection<number>("counters");
  const index = openIndex();
  const fresh = new Map<string, { at: number; before: Row | undefined }>();
  let journal: Undo[] = [];
  let depth = 0;
  for (const [object, rows] of kept) for (const row of rows.values()) index.add(object, row);

  const rowsOf = (object: SObject): Collection<Row> => {
    const rows = kept.get(object);
    if (rows === undefined) throw new Error(`There is no ${object.name} in the organisation`);
    return rows;
  };

  function place(object: SObject, id: string, row: Row | undefined): void {
    const before = rowsOf(object).get(id);
    if (before !== undefined) index.remove(object, before);
    if (row === undefined) return rowsOf(object).delete(id);
    rowsOf(object).set(id, row);
    index.add(object, row);
  }

  function undoTo(mark: number, tally: Tally): void {
    for (const { object, id, before } of journal.slice(mark).toReversed())
      place(object, id, before);
    journal.length = mark;
    Object.assign(self.tally, tally);
  }

  const isHidden = (at: number): boolean => at + self.lagMs > Date.now();

  function delayed(id: string, before: Row | undefined): void {
    if (self.lagMs === 0) return;
    const waiting = fresh.get(id);
    const older = waiting !== undefined && isHidden(waiting.at) ? waiting.before : before;
    fresh.set(id, { at: Date.now(), before: older });
  }

  const self: Organisation = {
    rows: (object) => rowsOf(object).values(),
    get: (object, id) => rowsOf(object).get(id),
    holders: (object, field, value) =>
      index.ids(object, field, value).flatMap((id) => rowsOf(object).get(id) ?? []),
    put(object, row) {
      const before = rowsOf(object).get(row.Id);
      if (depth > 0) journal.push({ object, id: row.Id, before });
      place(object, row.Id, row);
      delayed(row.Id, before);
      return row;
    },
    newId: (object) => idOf(object.prefix, FIRST_NUMBER + self.next(object.name)),
    next(name) {
      const number = (counters.get(name) ?? 0) + 1;
      counters.set(name, number);
      return number;
    },
    atomically(run, keep = () => true) {
      const mark = journal.length;
      const tally = { ...self.tally };
      depth += 1;
      try {
        const result = run();
        if (!keep(result)) undoTo(mark, tally);
        return result;
      } catch (error) {
        undoTo(mark, tally);
        throw error;
      } finally {
        depth -= 1;
        if (depth === 0) journal = [];
      }
    },
    seen(row) {
      const waiting = fresh.get(row.Id);
      if (waiting === undefined) return row;
      if (isHidden(waiting.at)) return waiting.before;
      fresh.delete(row.Id);
      return row;
    },
    lagMs: 0,
    tally: { creates: 0, updates: 0, archived: 0 },
  };
  return self;
}

/** Which records have a value, for the fields that are looked up often. */
function openIndex() {
  const holders = new Map<string, Set<string>>();
  const keyOf = (object: SObject, field: string, value: Value) =>
    `${object.name}.${field}\n${String(value).toLowerCase()}`;
  const keysOf = (object: SObject, row: Row): string[] =>
    row["IsDeleted"] === true
      ? []
      : object.fields.flatMap(({ name, indexed }) =>
          indexed && (row[name] ?? null) !== null ? [keyOf(object, name, row[name] ?? null)] : [],
        );
  return {
    add(object: SObject, row: Row) {
      for (const key of keysOf(object, row))
        holders.set(key, (holders.get(key) ?? new Set()).add(row.Id));
    },
    remove(object: SObject, row: Row) {
      for (const key of keysOf(object, row)) holders.get(key)?.delete(row.Id);
    },
    ids: (object: SObject, field: string, value: Value): string[] => [
      ...(holders.get(keyOf(object, field, value)) ?? []),
    ],
  };
}
