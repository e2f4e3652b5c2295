import type { Base } from "./base.ts";
import { FormulaError, isDate, textOf, type Value } from "./formula/values.ts";
import type { Sorting } from "./list-options.ts";
import { readingOf } from "./reading.ts";
import type { Row } from "./row.ts";
import type { Field, Table } from "./schema.ts";

type Rank = number | string | null;

const alphabet = new Intl.Collator("en", { sensitivity: "base", numeric: true });

/** Empty cells first, options in the order in which the field has them; equals in order of creation. */
export function sorted(base: Base, table: Table, rows: Row[], sort: Sorting[]): Row[] {
  const ranked = rows.map((row) => {
    const reading = readingOf(base, table, row);
    return { row, ranks: sort.map(({ field }) => rankOf(field, () => reading.cell(field))) };
  });
  ranked.sort((a, b) => {
    for (const [at, { descending }] of sort.entries()) {
      const compared = compare(a.ranks[at] ?? null, b.ranks[at] ?? null);
      if (compared !== 0) return descending ? -compared : compared;
    }
    return 0;
  });
  return ranked.map(({ row }) => row);
}

function rankOf({ kind }: Field, read: () => Value): Rank {
  const value = safely(read);
  if (value === null || value === "") return null;
  if (kind.type === "singleSelect") return kind.choices.indexOf(textOf(value));
  if (isDate(value)) return value.at;
  if (typeof value === "boolean") return Number(value);
  return typeof value === "number" ? value : textOf(value);
}

function safely(read: () => Value): Value {
  try {
    return read();
  } catch (error) {
    if (error instanceof FormulaError) return null;
    throw error;
  }
}

function compare(left: Rank, right: Rank): number {
  if (left === null || right === null) return Number(left !== null) - Number(right !== null);
  if (typeof left === "number" && typeof right === "number") return left - right;
  return alphabet.compare(String(left), String(right));
}
