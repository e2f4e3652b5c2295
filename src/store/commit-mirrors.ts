import { turned } from "#domain/link.ts";
import type { PageOutcome } from "#domain/ports/ledger.ts";
import { clean } from "./clean.ts";
import { sql, type SQL } from "./drizzle.ts";
import { linkRows } from "./link-rows.ts";

/**
 * The same links for the flows that go the other way, seen from their end; one that leads from another
 * record to the same place is void. Part of the commit's statement.
 */
export function mirrored({ mirrors }: PageOutcome, sent: Sent): SQL {
  if (mirrors === undefined) return sql``;
  const flows = JSON.stringify(mirrors.flows);
  const rows = linkRows(sent.links.map(turned));
  return sql`, known as (
    insert into flow_progress (flow, mirrored)
    select m.flow, 1 from fence, jsonb_array_elements_text(${flows}::jsonb) m (flow)
    on conflict (flow) do update set mirrored = flow_progress.mirrored + 1
  ), mirrored as (
    insert into links (flow, key, id, version, hash, base, back_hash, back)
    select m.flow, x.key, x.id, x.version, x.hash, x.base, x.back_hash, x.back
    from fence, jsonb_array_elements_text(${flows}::jsonb) m (flow), ${rows}
    on conflict (flow, key) do update set
      id = excluded.id, version = excluded.version, hash = excluded.hash, base = excluded.base,
      back_hash = excluded.back_hash, back = excluded.back, print = null
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
export const inTurn = ({ flow, mirrors }: PageOutcome): SQL =>
  mirrors === undefined
    ? sql`select 1 as n`
    : sql`select pg_advisory_xact_lock(hashtextextended(${[flow, ...mirrors.flows].map(clean).sort().join(" ")}, 0)) is null as n`;

/**
 * Whether the others have stored nothing since: of the row that is changed Postgres looks at its newest version,
 * though the statement began before its turn came.
 */
export const asSeen = ({ mirrors }: PageOutcome): SQL =>
  mirrors === undefined ? sql`` : sql` and mirrored = ${mirrors.seen}`;

/** Whether it was only that, and the flow is still this run's. */
export const overtaken = ({ flow, epoch, run, mirrors }: PageOutcome): SQL =>
  mirrors === undefined
    ? sql`0`
    : sql`(select count(*)::int from flow_progress where flow = ${flow} and epoch = ${epoch} and run = ${run} and not exists (select from fence))`;
