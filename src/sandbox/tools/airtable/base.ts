import type { Shelf } from "../../collection.ts";
import type { Tally } from "../simulated-tool.ts";
import { type Draft, openDraft } from "./draft.ts";
import { idOf } from "./ids.ts";
import type { Change, Row, Source, Transaction } from "./row.ts";
import { openSchema, type Schema, type Table } from "./schema.ts";

export type Base = {
  schema: Schema;
  /** In whichever table. */
  find(id: string): Row | undefined;
  /** Oldest first. */
  rows(table: Table): Iterable<Row>;
  count(table: Table): number;
  /** Where a write is prepared; nothing is changed before it is committed. */
  draft(source: Source): Draft;
  tally: Tally;
};

/** The records of the simulated base. `changed` hears of each commit that changed something. */
export function openBase(shelf: Shelf, changed: (transaction: Transaction) => void): Base {
  const schema = openSchema(shelf);
  const counters = shelf.collection<number>("counters");
  const tally: Tally = { creates: 0, updates: 0, archived: 0 };
  const kept = new Map(
    schema.tables().map(({ id }) => [id, shelf.collection<Row>(`rows_${id}`)] as const),
  );
  const rowsOf = (table: string) => kept.get(table) ?? shelf.collection<Row>(`rows_${table}`);

  function find(id: string): Row | undefined {
    for (const rows of kept.values()) {
      const row = rows.get(id);
      if (row !== undefined) return row;
    }
    return undefined;
  }

  function nextId(): string {
    const count = (counters.get("rows") ?? 0) + 1;
    counters.set("rows", count);
    return idOf("rec", String(count));
  }

  function keep({ table, id, after }: Change): void {
    if (after === null) rowsOf(table).delete(id);
    else rowsOf(table).set(id, after);
  }

  return {
    schema,
    find,
    rows: ({ id }) => rowsOf(id).values(),
    count: ({ id }) => rowsOf(id).size,
    draft: (source) =>
      openDraft({
        find,
        nextId,
        schema,
        take(at, changes, written) {
          for (const change of changes) {
            keep(change);
            if (change.before === null) tally.creates += 1;
            else if (change.after === null) tally.archived += 1;
            else if (written.has(change.id)) tally.updates += 1;
          }
          if (changes.length > 0) changed({ at, source, changes });
        },
      }),
    tally,
  };
}
