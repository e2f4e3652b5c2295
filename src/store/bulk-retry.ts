import { randomUUID } from "node:crypto";
import { deadLetterId } from "#domain/ids.ts";
import type { NewBulk, Runs } from "#domain/ports/runs.ts";
import type { Run, RunStatus } from "#domain/run.ts";
import { aware } from "./aware.ts";
import { clean } from "./clean.ts";
import { decode } from "./columns.ts";
import { and, eq, inArray, sql } from "./drizzle.ts";
import type { Database } from "./handle.ts";
import { appended, entryOf, untold } from "./history.ts";
import { mayBeWritten } from "./tables/dead-letters.ts";
import { runs, toRun } from "./tables/runs.ts";
import { only } from "./written.ts";

type BulkRuns = Pick<Runs, "retryAll" | "takeMore" | "pause" | "resume">;

/**
 * A retry of very many: it takes its dead letters page by page, by key, so that no statement and no row
 * grows with their number, and what it has not come to is as it was.
 */
export const bulkRetriesIn = (db: Database): BulkRuns => ({
  async retryAll(bulk, at) {
    for (;;) {
      const [row] = await db.rows(queue(bulk, at));
      // What was prepared while there were few would read all of them for each one that is written.
      if (row !== undefined) await db.rows(sql`analyze dead_letters`);
      if (row !== undefined) return { run: toRun(decode(runs, row)), fresh: true };
      const current = await currentBulk(db, bulk.flow);
      if (current !== undefined) return { run: current, fresh: false };
    }
  },

  async takeMore(id, epoch, most, at) {
    for (;;) {
      const [run] = await db.orm.select().from(runs).where(eq(runs.id, id));
      if (run === undefined) return [];
      const row = only(await db.rows(takeMore(run, epoch, most, at)), "page of dead letters");
      const taken = JSON.parse(String(row["taken"])) as string[];
      // Of those found, every single one may have been taken by somebody else just then.
      if (taken.length > 0 || Number(row["found"]) === 0) return taken.map(deadLetterId);
    }
  },

  async pause(id, by) {
    const rows = await db.rows(sql`
      update runs set paused_by = ${clean(by)}, reason = null, until = null,
        state = case state when 'running' then state else 'paused' end
      where id = ${id} and bulk and state in ('queued', 'running', 'waiting') and paused_by is null
      returning id`);
    return rows.length === 1;
  },

  async resume(id) {
    const rows = await db.rows(sql`
      update runs set paused_by = null, state = case state when 'paused' then 'queued' else state end
      where id = ${id} and bulk and state in ('queued', 'running', 'waiting', 'paused')
        and paused_by is not null
      returning id`);
    return rows.length === 1;
  },
});

const unfinished: RunStatus[] = ["queued", "running", "waiting", "paused"];

async function currentBulk(db: Database, flow: NewBulk["flow"]): Promise<Run | undefined> {
  const [row] = await db.orm
    .select()
    .from(runs)
    .where(and(eq(runs.flow, flow), eq(runs.bulk, true), inArray(runs.state, unfinished)));
  return row && toRun(row);
}

const queue = ({ flow, incident, by, as, total, channel }: NewBulk, at: Temporal.Instant) => sql`
  with flow as (${aware(flow)}
  )
  insert into runs (id, flow, state, trigger, triggered_by, work, as_version, letters, queued_at, bulk, incident,
    total, channel)
  values (${randomUUID()}, ${flow}, 'queued', 'person', ${clean(by)}, 'retry', ${as}::integer, '[]',
    ${at.toString()}::timestamptz, true, ${incident}, ${total}, ${channel})
  on conflict (flow) where bulk and state in ('queued', 'running', 'waiting', 'paused') do nothing
  returning *`;

type Reached = typeof runs.$inferSelect;

function takeMore(run: Reached, epoch: number, most: number, at: Temporal.Instant) {
  const { id, flow, incident, queuedAt, reached, reachedSeen } = run;
  const by = run.triggeredBy ?? "Tieline";
  const later =
    reached === null || reachedSeen === null
      ? sql``
      : sql`and (d.first_seen, d.id) > (${reachedSeen.toString()}::timestamptz, ${reached}::text)`;
  return sql`
  with fence as (
    update flow_progress set beat_at = clock_timestamp() where run = ${id} and epoch = ${epoch}
    returning flow
  ), next as materialized (
    select d.id, d.first_seen from dead_letters d
    where d.flow = ${flow} ${incident === null ? sql`` : sql`and d.incident = ${incident}`}
      and d.state = 'open' and d.first_seen <= ${queuedAt.toString()}::timestamptz ${later}
      and not ${mayBeWritten}
    order by d.first_seen, d.id limit ${most}
  ), missed as (
    update dead_letters d set state = 'open', state_by = null, state_at = null, version = d.version + 1,
      history = ${appended("d.history", entryOf({ at, by: "Tieline", what: untold }))}
    from fence where d.id in (select jsonb_array_elements_text(${JSON.stringify(run.letters)}::jsonb)) and d.state = 'retrying'
      and d.state_at <= ${(run.takenAt ?? queuedAt).toString()}::timestamptz
  ), taken as (
    update dead_letters d set state = 'retrying', state_by = ${clean(by)},
      state_at = ${at.toString()}::timestamptz, version = d.version + 1,
      history = ${appended("d.history", entryOf({ at, by, what: "Retry" }))}
    from fence, next where d.id = next.id and d.state = 'open'
    returning d.id, d.first_seen
  ), noted as (
    update runs r set
      letters = coalesce((select json_agg(id order by first_seen, id)::text from taken), '[]'),
      taken = r.taken + (select count(*) from taken), taken_at = ${at.toString()}::timestamptz,
      reached_seen = coalesce((select max(first_seen) from next), r.reached_seen),
      reached = coalesce((select id from next order by first_seen desc, id desc limit 1), r.reached)
    from fence where r.id = ${id}
  )
  select (select case when exists (select from fence) then count(*) else 0 end from next) as found,
    coalesce((select json_agg(id order by first_seen, id)::text from taken), '[]') as taken`;
}
