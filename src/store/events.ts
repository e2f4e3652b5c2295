import { z } from "zod";
import { isEventType, type Event } from "#domain/event.ts";
import type { Json } from "#domain/json.ts";
import type { Events } from "#domain/ports/events.ts";
import { decode } from "./columns.ts";
import { sql } from "./drizzle.ts";
import type { Database, Row } from "./handle.ts";
import { published, waitedFor } from "./publishing.ts";
import { events } from "./tables/events.ts";

/** The event up to which they are handed out. */
const Mark = z.object({ tx: z.int(), seq: z.int() });
type Mark = z.output<typeof Mark>;

/** What happened here. It is handed out by one reader, which goes on from its mark. */
export const eventsIn = (db: Database): Events => ({
  async wanted() {
    const rows = await db.rows(sql`
      select w.value as type from connections c, jsonb_array_elements_text(c.events::jsonb) w
      union
      select event from subscriptions
      union
      select f.plan::json->'trigger'->>'event' from flows f
      where f.state = 'on' and f.plan::json->'trigger'->>'event' is not null`);
    return new Set(rows.map(({ type }) => String(type)).filter(isEventType));
  },

  async publish(event, at) {
    const one = sql`(select 1 where ${waitedFor(event.type)}) wanted`;
    const rows = await db.rows(sql`${published([event], at, one)} returning 1`);
    return rows.length === 1;
  },

  async next(limit) {
    const rows = await db.rows(sql`
      select e.* from events e
      where (e.tx, e.seq) > (${from("tx")}, ${from("seq")})
        and e.tx < pg_snapshot_xmin(pg_current_snapshot())::text::bigint
      order by e.tx, e.seq limit ${limit}`);
    const [others] = rows.length > 0 ? [] : await db.rows(sql`
      select exists (select from events e where (e.tx, e.seq) > (${from("tx")}, ${from("seq")})) as later`); // prettier-ignore
    const last = rows.at(-1);
    const mark: Mark = { tx: Number(last?.["tx"] ?? 0), seq: Number(last?.["seq"] ?? 0) };
    return { events: rows.map(toEvent), mark, later: others?.["later"] === true };
  },

  async handedOut(stored: Json, at) {
    const { tx, seq } = Mark.parse(stored);
    const [row] = await db.rows(sql`
      with moved as (
        insert into event_marks as m (name, tx, seq) values ('handed out', ${tx}, ${seq})
        on conflict (name) do update set tx = excluded.tx, seq = excluded.seq
        where (m.tx, m.seq) < (excluded.tx, excluded.seq)
      ), happened as (
        select * from events e
        where (e.tx, e.seq) > (${from("tx")}, ${from("seq")}) and (e.tx, e.seq) <= (${tx}, ${seq})
      ), told as (
        select c.name as connection, '' as subscription, e.id
        from happened e join connections c on c.events::jsonb ? e.type
        union all
        select s.connection, s.id, e.id
        from happened e join subscriptions s on s.event = e.type
        where e.data::json->'to'->>'connection' is distinct from s.connection
      ), due as (
        insert into deliveries (id, connection, subscription, event, type, subject, at, state, next_at, log)
        select gen_random_uuid()::text, t.connection, t.subscription, e.id, e.type, e.subject, e.at, 'waiting',
          ${at.toString()}::timestamptz, '[]'
        from told t join happened e on e.id = t.id
        on conflict (connection, event, subscription) do nothing
        returning 1
      )
      select count(*)::int as n from due`);
    return Number(row?.["n"] ?? 0);
  },

  async forget(before) {
    await db.rows(sql`
      with old as (delete from events where at < ${before.toString()}::timestamptz)
      delete from deliveries where at < ${before.toString()}::timestamptz`);
  },
});

const from = (column: "tx" | "seq") =>
  sql`coalesce((select m.${sql.raw(column)} from event_marks m where m.name = 'handed out'), 0)`;

function toEvent(row: Row): Event {
  const { id, type, source, subject, data, at } = decode(events, row);
  return { id, type, source, subject, data, at };
}
