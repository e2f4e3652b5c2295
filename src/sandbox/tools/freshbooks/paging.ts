import { wrongQuery } from "./errors.ts";

/** More than 100 a page are silently 100. Source: freshbooks.com/api/parameters. */
const MOST = 100;

export type Paging = { page: number; per_page: number };

/** Page 0 is page 1; what is no number is refused, as 1014 and 1013. */
export function pagingOf(query: URLSearchParams, usual: number): Paging {
  const page = query.get("page") ?? "1";
  if (!/^\d+$/.test(page)) throw wrongQuery(1014, "page", "Page must be a number.", page);
  const size = query.get("per_page") ?? String(usual);
  if (!/^[1-9]\d*$/.test(size))
    throw wrongQuery(1013, "per_page", "Per page must be a positive number.", size);
  return { page: Math.max(1, Number(page)), per_page: Math.min(MOST, Number(size)) };
}

export type Counts = Paging & { pages: number; total: number };

/** One page of what was found; one beyond the last is empty. */
export function pageOf<Item>(
  found: readonly Item[],
  { page, per_page }: Paging,
): { items: Item[]; counts: Counts } {
  const total = found.length;
  const from = (page - 1) * per_page;
  return {
    items: found.slice(from, from + per_page),
    counts: { page, pages: Math.ceil(total / per_page), per_page, total },
  };
}
