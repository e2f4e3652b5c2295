import type { DealSeen, PageOutcome } from "#domain/ports/ledger.ts";
import { clean } from "./clean.ts";
import { sql, type SQL } from "./drizzle.ts";
import { eventRow, publishedFrom } from "./publishing.ts";

/**
 * How deals stand at their source is remembered with the page that shows them, and the one that turns to
 * won is told of: by the statement that changes its row, whichever flows see it at the same time. Rows are
 * taken in one order, so that two such statements do not wait for each other.
 */
export function dealParts({ deals, at: now }: PageOutcome): SQL {
  if (deals === undefined) return sql``;
  const { connection, object } = deals.at;
  return sql`, deals_now as (
    select x.*, d.won as known
    from fence, jsonb_to_recordset(${rowsOf(deals.seen)}::jsonb) as x (key text, won boolean, before text,
      type text, source text, subject text, data text)
    left join deals_seen d on d.connection = ${connection} and d.object = ${object} and d.key = x.key
  ), deals_kept as (
    insert into deals_seen as d (connection, object, key, won)
    select ${connection}, ${object}, n.key, n.won from deals_now n
    where n.known is distinct from n.won order by n.key
    on conflict (connection, object, key) do update set won = excluded.won where d.won <> excluded.won
    returning key
  ), deals_won as (${publishedFrom(
    sql`deals_now x join deals_kept k on k.key = x.key
    where x.won and x.type is not null
      and coalesce(x.before, case when not x.known then 'not won' end) = 'not won'`,
    now,
  )})`;
}

const rowsOf = (seen: readonly DealSeen[]): string => {
  const byKey = new Map(seen.map((one) => [clean(one.key), one]));
  return JSON.stringify(
    [...byKey].map(([key, { won, before, event }]) => ({
      key,
      won,
      before,
      ...(event !== null && eventRow(event)),
    })),
  );
};
