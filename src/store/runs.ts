import { randomUUID } from "node:crypto";
import type { DeadLetterId, FlowName, RunId } from "#domain/ids.ts";
import type { NewRun, Runs } from "#domain/ports/runs.ts";
import {
  isOver,
  type OverState,
  type Run,
  type RunState,
  type RunStatus,
  type RunTrigger,
} from "#domain/run.ts";
import { aware } from "./aware.ts";
import { bulkRetriesIn } from "./bulk-retry.ts";
import { clean } from "./clean.ts";
import { among, decode } from "./columns.ts";
import { and, desc, eq, inArray, sql } from "./drizzle.ts";
import type { Database, Row } from "./handle.ts";
import { appended, entryOf, untold } from "./history.ts";
import { deadLetters, mayBeWritten } from "./tables/dead-letters.ts";
import { runsFinished } from "./publishing.ts";
import { runs, toRun } from "./tables/runs.ts";
import { only } from "./written.ts";

/**
 * Who holds a flow is said by its row in `flow_progress`, which every change under an epoch locks
 * first. Signs of life are by the database's time, so workers' clocks need not agree.
 */
export const runsIn = (db: Database): Runs => ({
  ...bulkRetriesIn(db),

  async queue(run, at) {
    for (;;) {
      const [row] = await db.rows(queue(run, at));
      if (row !== undefined) return { run: read(row), fresh: row["fresh"] === true };
      const current = await currentSync(db, run.flow);
      if (current !== undefined) return { run: current, fresh: false };
    }
  },

  async retry(flow, letters, by, at, about) {
    const [row] = await db.rows(retry(flow, letters, by, at, about));
    return row && read(row);
  },

  async carryOut(flow, by, at) {
    return read(only(await db.rows(carryOut(flow, by, at)), "run"));
  },

  async bring(flow, keys, trigger, at) {
    return read(only(await db.rows(bring(flow, keys, trigger, at)), "run"));
  },

  async get(id) {
    const [row] = await db.orm.select().from(runs).where(eq(runs.id, id));
    return row && toRun(row);
  },

  async list({ flow, limit }) {
    const rows = await db.orm
      .select()
      .from(runs)
      .where(flow && eq(runs.flow, flow))
      .orderBy(desc(runs.queuedAt), desc(runs.id))
      .limit(limit);
    return rows.map(toRun);
  },

  async unfinished() {
    const rows = await db.orm
      .select()
      .from(runs)
      .where(inArray(runs.state, unfinished))
      .orderBy(runs.queuedAt, runs.id);
    return rows.map(toRun);
  },

  async claim(id, at, staleMs) {
    const row = only(await db.rows(claim(id, at, staleMs)), "claim");
    if (row["epoch"] === null) return undefined;
    const epoch = Number(row["epoch"]);
    if (row["id"] !== null) return { run: read(row), epoch };
    await db.rows(letGo(id, epoch));
    return undefined;
  },

  async beat(id, epoch) {
    const row = only(await db.rows(beat(id, epoch)), "beat");
    const by = row["cancelled_by"] as string | null;
    const ours = row["ours"] as boolean;
    return { ours, cancelled: by !== null, by, paused: row["paused_by"] as string | null };
  },

  async turn(id, epoch, state, at) {
    const rows = await db.rows(turn(id, epoch, state, at));
    return rows.length === 1;
  },

  async setTotal(id, total) {
    await db.orm
      .update(runs)
      .set({ total })
      .where(and(eq(runs.id, id), inArray(runs.state, unfinished)));
  },

  async cancel(id, by, at) {
    const rows = await db.rows(cancel(id, by, at));
    return rows.length === 1;
  },
});

const unfinished: RunStatus[] = ["queued", "running", "waiting", "paused"];
const isUnfinished = sql.raw(`state in ('queued', 'running', 'waiting', 'paused')`);
const mayRun = sql.raw(`state in ('queued', 'running', 'waiting')`);
const read = (row: Row): Run => toRun(decode(runs, row));

async function currentSync(db: Database, flow: FlowName): Promise<Run | undefined> {
  const [row] = await db.orm
    .select()
    .from(runs)
    .where(and(eq(runs.flow, flow), eq(runs.work, "sync"), inArray(runs.state, unfinished)));
  return row && toRun(row);
}

/** A sync that only waits in the queue takes up what the new one would have done more. */
function queue({ flow, trigger, work, channel }: NewRun, at: Temporal.Instant) {
  return sql`
  with flow as (${aware(flow)}
  )
  insert into runs as r (id, flow, state, trigger, triggered_by, work, "full", approved, letters, queued_at, channel)
  values (${randomUUID()}, ${flow}, 'queued', ${trigger.kind}, ${trigger.kind === "person" ? trigger.by : null},
    'sync', ${work.full}, ${work.approved}, '[]', ${at.toString()}, ${channel})
  on conflict (flow) where work = 'sync' and state in ('queued', 'running', 'waiting') do update set
    "full" = r."full" or excluded."full", approved = coalesce(excluded.approved, r.approved),
    channel = coalesce(r.channel, excluded.channel)
  where r.state = 'queued'
  returning *, xmax = 0 as fresh`;
}

const retry = (
  flow: FlowName,
  letters: readonly DeadLetterId[],
  by: string,
  at: Temporal.Instant,
  { as = null, unsure = false }: { as?: number | null | undefined; unsure?: boolean } = {},
) => sql`
  with flow as (${aware(flow)}
  ), taken as (
    update dead_letters set state = 'retrying', state_by = ${clean(by)},
      state_at = ${at.toString()}::timestamptz, version = version + 1,
      history = ${appended("history", entryOf({ at, by, what: "Retry" }))}
    where flow = ${flow} and ${among(deadLetters.id, letters)} and state = 'open'
      ${unsure ? sql`` : sql`and not ${mayBeWritten}`}
    returning id, first_seen
  )
  insert into runs (id, flow, state, trigger, triggered_by, work, as_version, letters, queued_at)
  select ${randomUUID()}, ${flow}, 'queued', 'person', ${clean(by)}, 'retry', ${as}::integer,
    (select json_agg(id order by first_seen, id)::text from taken), ${at.toString()}::timestamptz
  where exists (select from taken)
  returning *`;

/** A retry of nothing: what is owed between the sides of the flow is handled by every one. */
const carryOut = (flow: FlowName, by: string, at: Temporal.Instant) => sql`
  with flow as (${aware(flow)}
  )
  insert into runs (id, flow, state, trigger, triggered_by, work, letters, queued_at)
  values (${randomUUID()}, ${flow}, 'queued', 'person', ${clean(by)}, 'retry', '[]', ${at.toString()})
  returning *`;

const bring = (
  flow: FlowName,
  keys: readonly string[],
  trigger: RunTrigger,
  at: Temporal.Instant,
) => sql`
  with flow as (${aware(flow)}
  )
  insert into runs (id, flow, state, trigger, triggered_by, work, letters, keys, queued_at)
  values (${randomUUID()}, ${flow}, 'queued', ${trigger.kind}, ${trigger.kind === "person" ? trigger.by : null},
    'bring', '[]', ${JSON.stringify(keys.map(clean))}, ${at.toString()}::timestamptz)
  returning *`;

const claim = (id: RunId, at: Temporal.Instant, staleMs: number) => sql`
  with fence as (
    update flow_progress p set epoch = p.epoch + 1, run = r.id, beat_at = clock_timestamp(),
      left_at = coalesce(p.left_at, p.beat_at)
    from runs r
    where r.id = ${id} and r.${mayRun} and p.flow = r.flow
      and (p.beat_at is null or p.beat_at <= clock_timestamp() - ${staleMs}::float8 * interval '1 ms')
    returning p.epoch
  ), taken as (
    update runs r set state = 'running', reason = null, until = null,
      flow_version = coalesce(r.as_version, (select f.version from flows f where f.name = r.flow)),
      started_at = coalesce(r.started_at, ${at.toString()}::timestamptz)
    from fence where r.id = ${id} and r.${mayRun}
    returning r.*
  )
  select fence.epoch, taken.* from (select 1) one left join fence on true left join taken on true`;

/** The run was cancelled between our look and our grip. */
const letGo = (id: RunId, epoch: number) => sql`
  update flow_progress set run = null, beat_at = null,
    left_at = coalesce(left_at, clock_timestamp())
  where run = ${id} and epoch = ${epoch}`;

const beat = (id: RunId, epoch: number) => sql`
  with alive as (
    update flow_progress set beat_at = clock_timestamp() where run = ${id} and epoch = ${epoch}
    returning run
  )
  select alive.run is not null as ours, r.cancelled_by, r.paused_by
  from (select 1) one left join alive on true left join runs r on r.id = alive.run`;

/** A run nobody works on any more lets go of its flow; one that is over, of its dead letters too. */
function turn(id: RunId, epoch: number, state: RunState, at: Temporal.Instant) {
  const works = state.kind === "running";
  const wanted =
    state.kind === "paused" ? sql`and r.paused_by is not null and r.cancelled_by is null` : sql``;
  return sql`
  with fence as (
    update flow_progress set
      run = ${works ? sql`run` : null}, beat_at = ${works ? sql`clock_timestamp()` : null},
      left_at = ${works ? sql`left_at` : sql`coalesce(left_at, clock_timestamp())`}
    where run = ${id} and epoch = ${epoch}
    returning flow
  ), turned as (
    update runs r set
      state = ${state.kind},
      reason = ${"reason" in state ? clean(state.reason) : null},
      until = ${state.kind === "waiting" ? state.until.toString() : null}::timestamptz,
      cancelled_by = ${state.kind === "cancelled" ? sql`${state.by}` : sql`r.cancelled_by`},
      ended_at = ${isOver(state) ? at.toString() : null}::timestamptz
    from fence where r.id = ${id} and r.${isUnfinished} ${wanted}
    returning r.*
  )${isOver(state) ? sql`${released(at, state)}${runsFinished(at)}` : sql``}
  select id from turned`;
}

const cancel = (id: RunId, by: string, at: Temporal.Instant) => sql`
  with asked as (
    update runs set
      cancelled_by = coalesce(cancelled_by, ${by}::text),
      state = case state when 'running' then state else 'cancelled' end,
      reason = case state when 'running' then reason end,
      until = null,
      ended_at = case state when 'running' then null else ${at.toString()}::timestamptz end
    where id = ${id} and ${isUnfinished}
    returning *
  ), turned as (
    select * from asked where state = 'cancelled'
  )${released(at, { kind: "cancelled", by })}${runsFinished(at)}
  select id from asked`;

/**
 * What a retry took and did not come to is open again, and its history says why it was not tried. What
 * another has taken since stays taken.
 */
const released = (at: Temporal.Instant, state: OverState) => sql`, released as (
    update dead_letters d set state = 'open', state_by = null, state_at = null, version = d.version + 1,
      history = ${appended("d.history", entryOf({ at, ...notTried(state) }))}
    from turned
    where d.state = 'retrying' and d.state_at <= coalesce(turned.taken_at, turned.queued_at)
      and d.id in (select jsonb_array_elements_text(turned.letters::jsonb))
  )`;

function notTried(state: OverState): { by: string; what: string } {
  switch (state.kind) {
    case "done":
      return { by: "Tieline", what: untold };
    case "failed":
      return { by: "Tieline", what: `Not tried: ${state.reason}` };
    case "cancelled":
      return { by: state.by, what: "Retry cancelled" };
    default:
      return state satisfies never;
  }
}
