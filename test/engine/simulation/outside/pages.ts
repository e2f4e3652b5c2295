import type { Incoming } from "#connectors/egress.ts";
import { answer, type Asked } from "./answers.ts";
import { asOf, type Row } from "./rows.ts";
import type { SimTool } from "./tool.ts";

/**
 * A page of a list. A cursor says after which record it goes on, and may carry a mark that makes it
 * another one without leading elsewhere: `c00003~2`.
 */
export function pageOf(tool: SimTool, { object, what, query }: Asked): Incoming {
  const { paging, deletes } = tool.shape;
  const since = query.get("since");
  const from = since === null ? null : Date.parse(since);
  const wanted = (row: Row): boolean =>
    what === "gone"
      ? row.deleted
      : (!row.deleted || deletes === "flag") && (from === null || row.updatedMs >= from);
  const every = shownIn(tool, object, from !== null).filter(wanted);
  const all = every.filter(({ listedMs }) => listedMs <= tool.now());
  if (all.length < every.length) tool.late();
  const limit = Number(query.get("limit") ?? 3);
  const start = startOf(query, paging, limit, all);
  const some = all.slice(start, start + limit);
  const last = some.at(-1);
  const more = start + some.length < all.length;
  const next = !more || last === undefined ? null : nextOf(paging, query, `/${object}${what === "gone" ? "/gone" : ""}`, last.id); // prettier-ignore
  return answer(200, { items: some.map(tool.shown), ...(next !== null && { next }) });
}

/** The records that a list goes by: of an index that is behind, as they were a little while ago. */
function shownIn(tool: SimTool, object: Asked["object"], changes: boolean): readonly Row[] {
  const rows = [...tool.rows.of(object).values()];
  const { behind } = tool.shape;
  if (!changes || behind === 0) return rows;
  const old = rows.flatMap((row) => asOf(row, tool.now() - behind * 1000) ?? []);
  if (old.some(({ id, version }) => tool.rows.of(object).get(id)?.version !== version))
    tool.stale();
  return old;
}

/** Rows stand in the order of their ids, which is that in which they were made. */
function startOf(
  query: URLSearchParams,
  paging: string,
  limit: number,
  all: readonly Row[],
): number {
  // prettier-ignore
  if (paging === "page") return (Number(query.get("page") ?? 1) - 1) * limit;
  if (paging === "position") return Number(query.get("from") ?? 0);
  const [after = ""] = (query.get("cursor") ?? query.get("after") ?? "").split("~");
  const start = all.findIndex(({ id }) => id > after);
  return start === -1 ? all.length : start;
}

function nextOf(paging: string, query: URLSearchParams, path: string, id: string): string | null {
  if (paging === "cursor") return id;
  if (paging !== "next_url") return null;
  const onward = new URLSearchParams(query);
  onward.set("after", id);
  return `https://elsewhere.example${path}?${onward.toString()}`;
}
