import { turned } from "#domain/link.ts";
import type { PageOutcome } from "#domain/ports/ledger.ts";
import { clean } from "./clean.ts";
import { sql, type SQL } from "./drizzle.ts";
import { linkRows } from "./link-rows.ts";

/**
 * The same links for the flows that go the other way, seen from their end; one that leads from another
 * record to the same place is void. Part of the commit's statement.
 */
export function mirrored({ mirrors = [] }: PageOutcome, sent: Sent): SQL {
  if (mirrors.length === 0) return sql``;
  const flows = JSON.stringify(mirrors);
  const rows = linkRows(sent.links.map(turned));
  return sql`, mirrored as (
    insert into links (flow, key, id, version, hash, base, back_hash, back)
    select m.flow, x.key, x.id, x.version, x.hash, x.base, x.back_hash, x.back
    from fence, jsonb_array_elements_text(${flows}::jsonb) m (flow), ${rows}
    on conflict (flow, key) do update set
      id = excluded.id, version = excluded.version, hash = excluded.hash, base = excluded.base,
      back_hash = excluded.back_hash, back = excluded.back
  ), unmirrored as (
    delete from links l using fence, (
      select found.ctid
      from jsonb_array_elements_text(${flows}::jsonb) m (flow), ${rows}
      cross join lateral (
        select ctid from links where flow = m.flow and id = x.id and key <> x.key offset 0
      ) found
      union all
      select found.ctid
      from jsonb_array_elements_text(${flows}::jsonb) m (flow)
      cross join jsonb_array_elements_text(${JSON.stringify(sent.unlinked)}::jsonb) x (id)
      cross join lateral (
        select ctid from links where flow = m.flow and id = x.id offset 0
      ) found
    ) old
    where l.ctid = old.ctid
  )`;
}

type Sent = { links: PageOutcome["links"]; unlinked: readonly string[] };

/** A flow and the one that comes back store rows of each other: never in the same moment. */
export const inTurn = ({ flow, mirrors = [] }: PageOutcome): SQL =>
  mirrors.length === 0
    ? sql`select 1 as n`
    : sql`select pg_advisory_xact_lock(hashtextextended(${[flow, ...mirrors].map(clean).sort().join(" ")}, 0)) is null as n`;
