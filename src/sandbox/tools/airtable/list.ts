import { randomBytes } from "node:crypto";
import type { Base } from "./base.ts";
import { deadIterator } from "./errors.ts";
import { passes } from "./formula/evaluate.ts";
import { parseFormula } from "./formula/parse.ts";
import { idOf } from "./ids.ts";
import type { ListOptions } from "./list-options.ts";
import { readingOf } from "./reading.ts";
import type { Row } from "./row.ts";
import { fieldOf, type Table } from "./schema.ts";
import { shown } from "./shown.ts";
import { sorted } from "./sorting.ts";

export type Lists = {
  page(table: Table, options: ListOptions): { records: object[]; offset?: string };
  /** How long an iterator waits for its next page, in milliseconds. Airtable says "minutes". */
  lifeMs: number;
};

type Iterator = { ids: string[]; at: number };

/**
 * Lists page by page. Which records there are, and in which order, is settled by the first page; what
 * they hold is read with each page (unverified), and those deleted meanwhile are missing.
 */
export function openLists(base: Base): Lists {
  const iterators = new Map<string, Iterator>();
  const self: Lists = { lifeMs: 300_000, page };

  function begin(table: Table, options: ListOptions): string[] {
    const ids = matching(base, table, options).map(({ id }) => id);
    return ids.slice(0, options.most);
  }

  function resume(offset: string): string[] {
    const [name = "", next = ""] = offset.split("/");
    const iterator = iterators.get(name);
    if (iterator === undefined || iterator.at < Date.now() - self.lifeMs) throw deadIterator();
    const from = iterator.ids.indexOf(next);
    if (from < 0) throw deadIterator();
    return iterator.ids.slice(from);
  }

  function page(table: Table, options: ListOptions) {
    const ids = options.offset === null ? begin(table, options) : resume(options.offset);
    const records = ids
      .slice(0, options.pageSize)
      .flatMap((id) => base.find(id) ?? [])
      .map((row) => shown(base, table, row, options.showing));
    const next = ids[options.pageSize];
    if (next === undefined) return { records };
    const name = options.offset?.split("/")[0] ?? idOf("itr", randomBytes(8).toString("hex"));
    iterators.set(name, { ids: iterators.get(name)?.ids ?? ids, at: Date.now() });
    forget();
    return { records, offset: `${name}/${next}` };
  }

  function forget(): void {
    for (const [name, { at }] of iterators) {
      if (at < Date.now() - self.lifeMs) iterators.delete(name);
    }
  }

  return self;
}

/** By a view they are in its order, which is that of creation here; without one in no order at all. */
function matching(base: Base, table: Table, { view, filter, sort }: ListOptions): Row[] {
  const { formula = null } = view ?? {};
  const inView = formula === null ? null : parseFormula(formula, (key) => fieldOf(table, key));
  const tests = [inView, filter].filter((node) => node !== null);
  const now = Date.now();
  const rows = [...base.rows(table)].filter((row) => {
    if (tests.length === 0) return true;
    const reading = readingOf(base, table, row, now);
    return tests.every((node) => passes(node, reading));
  });
  if (sort.length > 0) return sorted(base, table, rows, sort);
  return view === null ? rows.sort((a, b) => (a.id < b.id ? -1 : 1)) : rows;
}
