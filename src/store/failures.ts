import { causeOf, type Failure } from "#domain/failure.ts";
import type { ConnectionName } from "#domain/ids.ts";
import type { OutsideIncident } from "#domain/incident.ts";
import type { Failures } from "#domain/ports/failures.ts";
import { clean } from "./clean.ts";
import { decode } from "./columns.ts";
import { sql } from "./drizzle.ts";
import type { Database, Row } from "./handle.ts";
import { incidents, toOutsideIncident } from "./tables/incidents.ts";

/** How long one that is over is known, so that it is not taken for a new one. */
const keptDays = 30;

export const failuresIn = (db: Database): Failures => ({
  async report(connection, told, { at, others }) {
    await db.rows(keep(connection, told, at));
    if (others === "are_over") await db.rows(endOthers(connection, told));
    await db.rows(openIncidents(connection, at));
    const changed = await db.rows(count(connection, at));
    await db.rows(forget(connection, at));
    return changed.map(read);
  },

  async fixed(id, by, at) {
    const [row] = await db.rows(sql`
      with closed as (
        update incidents i set state = 'closed', state_by = ${clean(by)},
          state_at = ${at.toString()}::timestamptz, open = 0
        where i.id = ${id} and i.kind = 'outside' and i.state <> 'closed'
        returning i.*
      ), ended as (
        update failures f set over = true from closed c
        where f.connection = c.connection and f.about = c.about
      )
      select * from closed`);
    return row && read(row);
  },
});

const read = (row: Row): OutsideIncident => toOutsideIncident(decode(incidents, row));

const keep = (connection: ConnectionName, told: readonly Failure[], at: Temporal.Instant) => sql`
  insert into failures (connection, event, about, failure, at, over)
  select ${connection}, x.event, x.about, x.failure, ${at.toString()}::timestamptz, false
  from jsonb_to_recordset(${rowsOf(connection, told)}::jsonb) as x (event text, about text, failure text)
  on conflict (connection, event) do nothing`;

/** Incidents of flows have their own names for causes; the connection's name keeps those of two apart. */
const rowsOf = (connection: ConnectionName, told: readonly Failure[]): string =>
  JSON.stringify(
    told.map((failure) => ({
      event: clean(failure.event),
      about: clean(`${connection}|${causeOf(failure)}`),
      failure: JSON.stringify(failure),
    })),
  );

const endOthers = (connection: ConnectionName, told: readonly Failure[]) => sql`
  update failures set over = true
  where connection = ${connection} and not over and not event = any(array(
    select jsonb_array_elements_text(${JSON.stringify(told.map(({ event }) => clean(event)))}::jsonb)))`;

const openIncidents = (connection: ConnectionName, at: Temporal.Instant) => sql`
  insert into incidents as i (id, flow, connection, kind, about, subject, state, opened_at, history)
  select gen_random_uuid()::text, '', ${connection}, 'outside', f.about,
    json_build_object('kind', 'outside', 'failure', f.failure::json)::text,
    'open', ${at.toString()}::timestamptz, '[]'
  from (
    select distinct on (about) about, failure from failures
    where connection = ${connection} and not over
    order by about, at desc, event
  ) f
  on conflict (flow, kind, about) do update set subject = excluded.subject, state = 'open',
    state_by = null, state_at = null, opened_at = excluded.opened_at, open = 0, total = 0
  where i.state = 'closed'`;

const count = (connection: ConnectionName, at: Temporal.Instant) => sql`
  with counts as (
    select i.id, (count(f.event) filter (where not f.over))::int as open,
      greatest(i.total, (count(f.event) filter (where not f.over or f.at >= i.opened_at))::int) as total
    from incidents i
    left join failures f on f.connection = i.connection and f.about = i.about
    where i.connection = ${connection} and i.kind = 'outside' and i.state <> 'closed'
    group by i.id
  )
  update incidents i set open = c.open, total = c.total,
    state = case when c.open = 0 then 'closed' when ${wakes(at)} then 'open' else i.state end,
    state_by = case when c.open = 0 then 'Tieline' when ${wakes(at)} then null else i.state_by end,
    state_at = case when c.open = 0 then ${at.toString()}::timestamptz when ${wakes(at)} then null
      else i.state_at end
  from counts c
  where i.id = c.id
    and (c.open = 0 or ${wakes(at)} or (i.open, i.total) is distinct from (c.open, c.total))
  returning i.*`;

const wakes = (at: Temporal.Instant) =>
  sql`(i.state = 'snoozed' and i.state_at <= ${at.toString()}::timestamptz)`;

const forget = (connection: ConnectionName, at: Temporal.Instant) => sql`
  delete from failures where connection = ${connection} and over
    and at < ${at.toString()}::timestamptz - make_interval(days => ${keptDays})`;
