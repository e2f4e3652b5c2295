import type { EventType, NewEvent } from "#domain/event.ts";
import { clean } from "./clean.ts";
import { sql, type SQL } from "./drizzle.ts";

const columns = sql`events (id, type, source, subject, data, at, tx, seq)`;
const mark = sql`pg_current_xact_id()::text::bigint, nextval('events_seq')`;

/** Whether somebody waits for events of this type. */
export const waitedFor = (type: EventType): SQL => sql`(
  exists (select from connections c, jsonb_array_elements_text(c.events::jsonb) w where w.value = ${type})
  or exists (select from subscriptions s where s.event = ${type})
  or exists (select from flows f where f.state = 'on' and f.plan::json->'trigger'->>'event' = ${type}))`;

/** Keeps what is in these rows `x`, each with the columns of an event. */
export const publishedFrom = (rows: SQL, at: Temporal.Instant): SQL => sql`
  insert into ${columns}
  select gen_random_uuid()::text, x.type, x.source, x.subject, x.data, ${at.toString()}::timestamptz, ${mark}
  from ${rows}`;

/** Keeps these in the statement that keeps what they tell of, for each row of `fence`. */
export const published = (events: readonly NewEvent[], at: Temporal.Instant, fence: SQL): SQL =>
  publishedFrom(
    sql`${fence}, jsonb_to_recordset(${JSON.stringify(events.map(eventRow))}::jsonb)
    as x (type text, source text, subject text, data text)`,
    at,
  );

export const eventRow = ({ type, source, subject, data }: NewEvent) => ({
  type,
  source: clean(source),
  subject: clean(subject),
  data: JSON.stringify(data),
});

/** That the runs in `turned` are over, if somebody waits for that. */
export const runsFinished = (at: Temporal.Instant): SQL => sql`, told as (
    insert into ${columns}
    select gen_random_uuid()::text, 'run.finished', '/flows/' || t.flow, t.id,
      json_build_object('run', t.id, 'flow', t.flow, 'status', t.state, 'read', t.read::text,
        'created', t.created::text, 'updated', t.updated::text, 'unchanged', t.unchanged::text,
        'filtered', t.filtered::text, 'deleted', t.deleted::text,
        'dead_lettered', t.dead_lettered::text, 'held', t.held::text)::text,
      ${at.toString()}::timestamptz, ${mark}
    from turned t where ${waitedFor("run.finished")}
  )`;
