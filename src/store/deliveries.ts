import type { Address, Delivery, Due, Endpoint, Parcel, Which } from "#domain/delivery.ts";
import { connectionName, flowName } from "#domain/ids.ts";
import type { Deliveries } from "#domain/ports/deliveries.ts";
import { clean } from "./clean.ts";
import { decode } from "./columns.ts";
import { sql, type SQL } from "./drizzle.ts";
import type { Database, Row } from "./handle.ts";
import { deliveries } from "./tables/deliveries.ts";
import { endpoints } from "./tables/endpoints.ts";
import { events } from "./tables/events.ts";

/** Of a delivery that is asked for again and again, the newest tries are kept. */
export const mostTries = 50;

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
      from deliveries d left join ${endpointOf}
      where d.state = 'waiting' and coalesce(e.state, 'on') = 'on'`);
    const next = row?.["next"];
    return typeof next === "string" ? Temporal.Instant.from(next) : null;
  },

  async list(connection, { skip, limit }) {
    const rows = await db.rows(sql`
      select * from deliveries where connection = ${connection}
      order by at desc, id limit ${limit} offset ${skip}`);
    const [count] = await db.rows(sql`
      select count(*)::int as n from deliveries where connection = ${connection}`);
    return { deliveries: rows.map(toDelivery), total: Number(count?.["n"] ?? 0) };
  },

  async find(connection, id) {
    const [row] = await db.rows(sql`
      select * from deliveries where connection = ${connection} and id = ${clean(id)}`);
    return row && toDelivery(row);
  },

  async counts({ connection, subscription }) {
    const only = subscription === undefined ? sql`` : sql`and subscription = ${subscription ?? ""}`;
    const rows = await db.rows(sql`
      select state, count(*)::int as n from deliveries
      where connection = ${connection} ${only} group by state`);
    const found = Object.fromEntries(rows.map(({ state, n }) => [String(state), Number(n)]));
    return { waiting: 0, delivered: 0, failed: 0, ...found };
  },

  async count(connection, which) {
    const [row] = await db.rows(sql`
      select count(*)::int as n from deliveries d
      where d.connection = ${connection} and ${among(which)}`);
    return Number(row?.["n"] ?? 0);
  },

  async again(connection, which, now) {
    const rows = await db.rows(sql`
      update deliveries d set state = 'waiting', tried = 0, next_at = ${now.toString()}::timestamptz
      where d.connection = ${connection} and ${among(which)} returning 1`);
    return rows.length;
  },

  async endpoint(address) {
    const [row] = await db.rows(sql`select * from endpoints where ${at(address)}`);
    return row === undefined ? { kind: "on", failingSince: null } : toEndpoint(row);
  },

  async worked(address) {
    await db.rows(sql`
      update endpoints set failing_since = null, not_before = null
      where ${at(address)} and state = 'on'
        and (failing_since is not null or not_before is not null)`);
  },

  async failed(address, now) {
    const [row] = await db.rows(sql`
      insert into endpoints as e (connection, subscription, state, failing_since)
      values (${placeOf(address)}, 'on', ${now.toString()}::timestamptz)
      on conflict (connection, subscription) do update
        set failing_since = coalesce(e.failing_since, excluded.failing_since)
      returning failing_since`);
    return decode(endpoints, row ?? {}).failingSince ?? now;
  },

  async pause(address, until) {
    await db.rows(sql`
      insert into endpoints as e (connection, subscription, state, not_before)
      values (${placeOf(address)}, 'on', ${until.toString()}::timestamptz)
      on conflict (connection, subscription) do update
        set not_before = greatest(e.not_before, excluded.not_before)`);
  },

  async turn(address, to, now) {
    const rows = await db.rows(to.kind === "on" ? turnOn(address, now) : turnOff(address, to));
    return rows.length === 1;
  },
});

const endpointOf = sql`endpoints e on e.connection = d.connection and e.subscription = d.subscription`;
const placeOf = ({ connection, subscription }: Address): SQL =>
  sql`${connection}, ${subscription ?? ""}`;
const at = (address: Address): SQL => sql`(connection, subscription) = (${placeOf(address)})`;

/** Of two workers that look at once each gets another one. */
const taken = (at: Temporal.Instant, until: Temporal.Instant, most: number) => sql`
  with one as (
    select d.id from deliveries d left join ${endpointOf}
    where d.state = 'waiting' and d.next_at <= ${at.toString()}::timestamptz
      and (d.taken_until is null or d.taken_until <= ${at.toString()}::timestamptz)
      and coalesce(e.state, 'on') = 'on'
      and (e.not_before is null or e.not_before <= ${at.toString()}::timestamptz)
      and (
        select count(*) from deliveries busy
        where busy.connection = d.connection and busy.subscription = d.subscription
          and busy.state = 'waiting' and busy.taken_until > ${at.toString()}::timestamptz
      ) < ${most}
    order by d.next_at, d.at, d.id limit 1
    for update of d skip locked
  ), mine as (
    update deliveries d set taken_until = ${until.toString()}::timestamptz from one
    where d.id = one.id
    returning d.id, d.connection, d.subscription, d.tried, d.event, d.written
  )
  select e.*, mine.id as delivery, mine.connection, mine.subscription, mine.tried, mine.event, mine.written
  from mine left join events e on e.id = mine.event`;

const turnOff = (address: Address, { reason, at, by }: Extract<Endpoint, { kind: "off" }>) => sql`
  insert into endpoints as e (connection, subscription, state, reason, turned_at, turned_by)
  values (${placeOf(address)}, 'off', ${clean(reason)}, ${at.toString()}::timestamptz, ${clean(by)})
  on conflict (connection, subscription) do update set state = 'off', reason = excluded.reason,
    turned_at = excluded.turned_at, turned_by = excluded.turned_by, not_before = null
  where e.state = 'on'
  returning 1`;

const turnOn = (address: Address, now: Temporal.Instant) => sql`
  with turned as (
    update endpoints set state = 'on', reason = null, failing_since = null, not_before = null,
      turned_at = null, turned_by = null
    where ${at(address)} and state = 'off' returning connection, subscription
  ), due as (
    update deliveries d set next_at = ${now.toString()}::timestamptz, tried = 0 from turned
    where d.connection = turned.connection and d.subscription = turned.subscription and d.state = 'waiting'
  )
  select 1 from turned`;

/** Of those whom somebody may still take. */
const among = (which: Which): SQL => sql`
  (d.subscription = '' or exists (
    select from subscriptions s where s.connection = d.connection and s.id = d.subscription)) and ${
      which.kind === "one"
        ? sql`d.id = ${clean(which.id)}`
        : sql`d.at >= ${which.from.toString()}::timestamptz and d.at < ${which.to.toString()}::timestamptz`
    }`;

const instantOf = (at: Temporal.Instant | null): SQL =>
  sql`${at === null ? null : at.toString()}::timestamptz`;

function toDue(row: Row): Due {
  return {
    id: String(row["delivery"]),
    connection: connectionName(String(row["connection"])),
    subscription: subscriptionOf(String(row["subscription"])),
    tried: Number(row["tried"]),
    parcel: toParcel(row),
  };
}

function toParcel(row: Row): Parcel {
  const request = String(row["event"]);
  const { written } = decode(deliveries, row);
  if (written !== null) {
    const { object, write } = written;
    return { kind: "written", object, request: { id: request, writes: [write] } };
  }
  const { type, source, subject, data, at } = decode(events, row);
  return { kind: "event", event: { id: request, type, source, subject, data, at } };
}

function toDelivery(row: Row): Delivery {
  const { id, connection, subscription, event, type, subject, flow, at, state, nextAt, log } = decode(deliveries, row); // prettier-ignore
  return {
    id,
    connection: connectionName(connection),
    subscription: subscriptionOf(subscription),
    flow: flow === null ? null : flowName(flow),
    event: { id: event, type, subject, at },
    state,
    next: state === "waiting" ? nextAt : null,
    attempts: log.map((one) => ({ ...one, at: Temporal.Instant.from(one.at) })),
  };
}

const subscriptionOf = (id: string): string | null => (id === "" ? null : id);

function toEndpoint(row: Row): Endpoint {
  const { state, reason, turnedAt, turnedBy, failingSince } = decode(endpoints, row);
  if (state === "on" || turnedAt === null) return { kind: "on", failingSince };
  return { kind: "off", reason: reason ?? "", at: turnedAt, by: turnedBy ?? "Tieline" };
}
