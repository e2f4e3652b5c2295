import { badRequest } from "./errors.ts";

const USUAL = 50;
const MOST = 10_000;

export type Pg = { sortBy: string; sortDir: "asc" | "desc"; limit: number; offset: number };

/** What `pg[…]` asks for. That more than 10,000 are silently 10,000 is unverified. */
export function pgOf(query: URLSearchParams, sortBy: string): Pg {
  const sortDir = query.get("pg[sortDir]") ?? "asc";
  if (sortDir !== "asc" && sortDir !== "desc") throw wrong("sortDir");
  return {
    sortBy: query.get("pg[sortBy]") ?? sortBy,
    sortDir,
    limit: Math.min(MOST, wholeIn(query, "limit", USUAL)),
    offset: wholeIn(query, "offset", 0),
  };
}

function wholeIn(query: URLSearchParams, name: string, usual: number): number {
  const text = query.get(`pg[${name}]`) ?? String(usual);
  if (!/^\d+$/.test(text)) throw wrong(name);
  return Number(text);
}

const wrong = (name: string) =>
  badRequest("Validation failed for 1 parameter(s).", `pg[${name}] is not valid.`);

/** One page of these, in the order asked for. */
export function pageOf<Item extends object>(items: readonly Item[], pg: Pg): Item[] {
  const key = (item: Item) => (item as Record<string, unknown>)[pg.sortBy];
  const sign = pg.sortDir === "asc" ? 1 : -1;
  const inOrder = items.toSorted((a, b) => sign * compared(key(a), key(b)));
  return inOrder.slice(pg.offset, pg.offset + pg.limit);
}

function compared(a: unknown, b: unknown): number {
  if (typeof a === "number" && typeof b === "number") return a - b;
  return String((a ?? "") as string).localeCompare(String((b ?? "") as string));
}

/** Only the fields that `cols[]` names; all of them where it names none. */
export function columnsOf(item: object, query: URLSearchParams): object {
  const columns = query.getAll("cols[]");
  if (columns.length === 0) return item;
  return Object.fromEntries(Object.entries(item).filter(([name]) => columns.includes(name)));
}
