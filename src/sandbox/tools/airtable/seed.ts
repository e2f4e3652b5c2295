import type { Shelf } from "../../collection.ts";
import type { Base } from "./base.ts";
import { cellFor } from "./cells.ts";
import { flawedCustomer, spoil } from "./flawed.ts";
import { madeUp, type Values } from "./made-up.ts";
import { nameOf } from "./reading.ts";
import { fieldOf, type Table } from "./schema.ts";

/** How many there are of each for one customer, in the order in which they link to each other. */
const SHARES: [table: string, share: number][] = [
  ["Companies", 0.7],
  ["Customers", 1],
  ["Deals", 0.75],
  ["Orders", 1],
  ["Invoices", 0.8],
  ["Projects", 0.7],
  ["Tasks", 1.3],
  ["Files", 0.7],
];
const LEAST = 5;
const ENOUGH_FOR_FLAWS = 50;
const FIRST = Date.parse("2025-01-13T08:12:40.000Z");
const LAST = Date.parse("2026-09-30T16:20:05.000Z");

export type Seeding = {
  /** Made-up records that have not been there before, clean ones, created now unless told. */
  add(table: Table, count: number, when?: (index: number) => number): void;
};

export function openSeeding(shelf: Shelf, base: Base): Seeding {
  const counts = shelf.collection<number>("made_up");
  return {
    add(table, count, when = () => Date.now()) {
      const from = counts.get(table.name) ?? 0;
      const names = namesIn(base);
      for (let index = 0; index < count; index += 1) {
        const values = madeUp[table.name]?.(from + index) ?? {};
        addRow(base, table, values, names, when(index));
      }
      counts.set(table.name, from + count);
    },
  };
}

/** The records of the first start, always the same for the same number of customers. */
export function seedBase(shelf: Shelf, base: Base, customers: number, flawed: boolean): void {
  const seeding = openSeeding(shelf, base);
  for (const [index, [name, share]] of SHARES.entries()) {
    const table = base.schema.table(name);
    if (table === undefined) continue;
    const scaled = customers === 0 ? 0 : Math.max(LEAST, Math.round(customers * share));
    const count = name === "Customers" ? customers : scaled;
    const step = (LAST - FIRST) / SHARES.length;
    seeding.add(table, count, (n) => FIRST + step * (index + n / count));
  }
  if (flawed && customers >= ENOUGH_FOR_FLAWS) addFlaws(base);
}

function addFlaws(base: Base): void {
  const table = base.schema.table("Customers");
  if (table === undefined) return;
  const rows = [...base.rows(table)];
  const draft = base.draft("client");
  for (const [index, values] of flawedCustomer.entries()) {
    const row = rows[2 + index * 3];
    if (row !== undefined) write({ base, draft }, table, row.id, values, new Map());
  }
  spoil(base, draft);
  draft.commit(LAST);
}

/** Ids by table and name, of which the last one counts. */
type Names = Map<string, string>;

function namesIn(base: Base): Names {
  const names: Names = new Map();
  for (const table of base.schema.tables()) {
    for (const { id } of base.rows(table)) names.set(`${table.id}/${nameOf(base, id)}`, id);
  }
  return names;
}

function addRow(base: Base, table: Table, values: Values, names: Names, at: number): void {
  const draft = base.draft("client");
  const { id } = draft.create(table);
  write({ base, draft }, table, id, values, names);
  draft.commit(at);
}

function write(
  writing: Parameters<typeof cellFor>[0],
  table: Table,
  id: string,
  values: Values,
  names: Names,
): void {
  for (const [name, value] of Object.entries(values)) {
    const field = fieldOf(table, name);
    if (field === undefined) continue;
    const { kind } = field;
    const meant =
      kind.type === "multipleRecordLinks" && Array.isArray(value)
        ? value.flatMap((link) => names.get(`${kind.table}/${String(link)}`) ?? [])
        : value;
    writing.draft.set(id, field, cellFor(writing, field, meant));
  }
}
