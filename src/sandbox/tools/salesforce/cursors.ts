import { randomBytes } from "node:crypto";
import type { Shelf } from "../../collection.ts";

/** What a query found, kept for whoever reads on: which records, and what to show of them. */
export type Cursor = {
  object: string;
  paths: readonly string[];
  ids: readonly string[];
  all: boolean;
  size: number;
  ends: number;
};

export type Cursors = {
  keep(cursor: Omit<Cursor, "ends">): string;
  /** Undefined where there is none, or its time is over. */
  find(name: string): Cursor | undefined;
  /** Of cursors kept from now on; two days in Salesforce. */
  lifeMs: number;
};

const TWO_DAYS = 2 * 86_400_000;

export function openCursors(shelf: Shelf): Cursors {
  const kept = shelf.collection<Cursor>("cursors");
  for (const [name, { ends }] of [...kept.entries()]) if (ends <= Date.now()) kept.delete(name);
  const self: Cursors = {
    lifeMs: TWO_DAYS,
    keep(cursor) {
      const name = `01gJ8${randomBytes(10).toString("hex").slice(0, 13).toUpperCase()}`;
      kept.set(name, { ...cursor, ends: Date.now() + self.lifeMs });
      return name;
    },
    find(name) {
      const cursor = kept.get(name);
      if (cursor === undefined || cursor.ends > Date.now()) return cursor;
      kept.delete(name);
      return undefined;
    },
  };
  return self;
}
