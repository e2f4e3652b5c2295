import { sql, type SQL } from "drizzle-orm";
import type { Delivery, Due, Endpoint, Which } from "#domain/delivery.ts";
import { connectionName, type ConnectionName } from "#domain/ids.ts";
import type { Deliveries } from "#domain/ports/deliveries.ts";
import { clean } from "./clean.ts";
import { decode } from "./columns.ts";
import type { Database, Row } from "./handle.ts";
import { deliveries } from "./tables/deliveries.ts";
import { endpoints } from "./tables/endpoints.ts";
import { events } from "./tables/events.ts";

/** Of a delivery that is asked for again and again, the newest tries are kept. */
const mostTries = 50;

export const deliveriesIn = (db: Database): Deliveries => ({
  async take(at, until, most) {
    const [row] = await db.rows(taken(at, until, most));
    return row && toDue(row);
  },

  async tried(id, { at, status, ms, answer }, { state, next }) {
    const entry = JSON.stringify([{ at: at.toString(), status, ms, answer: clean(answer) }]);
    await db.rows(sql`
      update deliveries set state = ${state}, next_at = coalesce(${instantOf(next)}, next_at),
        tried = tried + 1, taken_until = null,
        log = (case when jsonb_array_length(log) >= ${mostTries} then log - 0 else log end) || ${entry}::jsonb
      where id = ${id}`);
  },

  async nextDue() {
    const [row] = await db.rows(sql`
      select min(greatest(d.next_at, coalesce(d.taken_until, d.next_at),
        coalesce(e.not_before, d.next_at)))::text as next
      from deliveries d left join endpoints e on e.connection = d.connection
      where d.state = 'waiting' and coalesce(e.state, 'on') = 'on'`);
    const next = row?.["next"];
    return typeof next === "string" ? Temporal.Instant.from(next) : null;
  },

  async list(connection, { skip, limit }) {
    const rows = await db.rows(sql`
      select d.*, e.subject from deliveries d join events e on e.id = d.event
      where d.connection = ${connection}
      order by d.at desc, d.id limit ${limit} offset ${skip}`);
    const [count] = await db.rows(sql`
      select count(*)::int as n from deliveries where connection = ${connection}`);
    return { deliveries: rows.map(toDelivery), total: Number(count?.["n"] ?? 0) };
  },

  async counts(connection) {
    const rows = await db.rows(sql`
      select state, count(*)::int as n from deliveries where connection = ${connection} group by state`);
    const found = Object.fromEntries(rows.map(({ state, n }) => [String(state), Number(n)]));
    return { waiting: 0, delivered: 0, failed: 0, ...found };
  },

  async count(connection, which) {
    const [row] = await db.rows(sql`
      select count(*)::int as n from deliveries where connection = ${connection} and ${among(which)}`);
    return Number(row?.["n"] ?? 0);
  },

  async again(connection, which, at) {
    const rows = await db.rows(sql`
      update deliveries set state = 'waiting', tried = 0, next_at = ${at.toString()}::timestamptz
      where connection = ${connection} and ${among(which)} returning 1`);
    return rows.length;
  },

  async endpoint(connection) {
    const [row] = await db.rows(sql`select * from endpoints where connection = ${connection}`);
    return row === undefined ? { kind: "on", failingSince: null } : toEndpoint(row);
  },

  async worked(connection) {
    await db.rows(sql`
      update endpoints set failing_since = null, not_before = null
      where connection = ${connection} and state = 'on'
        and (failing_since is not null or not_before is not null)`);
  },

  async failed(connection, at) {
    const [row] = await db.rows(sql`
      insert into endpoints as e (connection, state, failing_since)
      values (${connection}, 'on', ${at.toString()}::timestamptz)
      on conflict (connection) do update
        set failing_since = coalesce(e.failing_since, excluded.failing_since)
      returning failing_since`);
    return decode(endpoints, row ?? {}).failingSince ?? at;
  },

  async pause(connection, until) {
    await db.rows(sql`
      insert into endpoints as e (connection, state, not_before)
      values (${connection}, 'on', ${until.toString()}::timestamptz)
      on conflict (connection) do update set not_before = greatest(e.not_before, excluded.not_before)`);
  },

  async turn(connection, to, at) {
    const rows = await db.rows(to.kind === "on" ? turnOn(connection, at) : turnOff(connection, to));
    return rows.length === 1;
  },
});

/** Of two workers that look at once each gets another one. */
const taken = (at: Temporal.Instant, until: Temporal.Instant, most: number) => sql`
  with one as (
    select d.id from deliveries d left join endpoints e on e.connection = d.connection
    where d.state = 'waiting' and d.next_at <= ${at.toString()}::timestamptz
      and (d.taken_until is null or d.taken_until <= ${at.toString()}::timestamptz)
      and coalesce(e.state, 'on') = 'on'
      and (e.not_before is null or e.not_before <= ${at.toString()}::timestamptz)
      and (
        select count(*) from deliveries busy where busy.connection = d.connection
          and busy.state = 'waiting' and busy.taken_until > ${at.toString()}::timestamptz
      ) < ${most}
    order by d.next_at, d.at, d.id limit 1
    for update of d skip locked
  ), mine as (
    update deliveries d set taken_until = ${until.toString()}::timestamptz from one
    where d.id = one.id returning d.id, d.connection, d.tried, d.event
  )
  select mine.id as delivery, mine.connection, mine.tried, e.*
  from mine join events e on e.id = mine.event`;

const turnOff = (
  connection: ConnectionName,
  { reason, at, by }: Extract<Endpoint, { kind: "off" }>,
) => sql`
  insert into endpoints as e (connection, state, reason, turned_at, turned_by)
  values (${connection}, 'off', ${clean(reason)}, ${at.toString()}::timestamptz, ${clean(by)})
  on conflict (connection) do update set state = 'off', reason = excluded.reason,
    turned_at = excluded.turned_at, turned_by = excluded.turned_by, not_before = null
  where e.state = 'on'
  returning 1`;

const turnOn = (connection: ConnectionName, at: Temporal.Instant) => sql`
  with turned as (
    update endpoints set state = 'on', reason = null, failing_since = null, not_before = null,
      turned_at = null, turned_by = null
    where connection = ${connection} and state = 'off' returning connection
  ), due as (
    update deliveries d set next_at = ${at.toString()}::timestamptz, tried = 0 from turned
    where d.connection = turned.connection and d.state = 'waiting'
  )
  select 1 from turned`;

const among = (which: Which): SQL =>
  which.kind === "one"
    ? sql`id = ${which.id}`
    : sql`at >= ${which.from.toString()}::timestamptz and at < ${which.to.toString()}::timestamptz`;

const instantOf = (at: Temporal.Instant | null): SQL =>
  sql`${at === null ? null : at.toString()}::timestamptz`;

function toDue(row: Row): Due {
  const { id, type, source, subject, data, at } = decode(events, row);
  return {
    id: String(row["delivery"]),
    connection: connectionName(String(row["connection"])),
    tried: Number(row["tried"]),
    event: { id, type, source, subject, data, at },
  };
}

function toDelivery(row: Row): Delivery {
  const { id, connection, event, type, at, state, nextAt, log } = decode(deliveries, row);
  return {
    id,
    connection: connectionName(connection),
    event: { id: event, type, subject: String(row["subject"]), at },
    state,
    next: state === "waiting" ? nextAt : null,
    attempts: log.map((one) => ({ ...one, at: Temporal.Instant.from(one.at) })),
  };
}

function toEndpoint(row: Row): Endpoint {
  const { state, reason, turnedAt, turnedBy, failingSince } = decode(endpoints, row);
  if (state === "on" || turnedAt === null) return { kind: "on", failingSince };
  return { kind: "off", reason: reason ?? "", at: turnedAt, by: turnedBy ?? "Tieline" };
}
