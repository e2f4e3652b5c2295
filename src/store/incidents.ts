import type { FlowName, IncidentId } from "#domain/ids.ts";
import type { Incident } from "#domain/incident.ts";
import type { Incidents } from "#domain/ports/incidents.ts";
import { clean } from "./clean.ts";
import { decode } from "./columns.ts";
import { and, eq, ne, sql } from "./drizzle.ts";
import type { Database, Row } from "./handle.ts";
import { entryOf } from "./history.ts";
import { incidents, toIncident } from "./tables/incidents.ts";
import { only } from "./written.ts";

/** Its history holds what `note` was told and nothing else. */
export const incidentsIn = (db: Database): Incidents => ({
  async get(id) {
    const [row] = await db.orm.select().from(incidents).where(eq(incidents.id, id));
    return row && toIncident(row);
  },

  async open(flow) {
    const rows = await db.orm
      .select()
      .from(incidents)
      .where(and(ne(incidents.state, "closed"), flow && eq(incidents.flow, flow)))
      .orderBy(incidents.openedAt, incidents.id);
    return rows.map(toIncident);
  },

  /** Until nothing is new: whoever looks last sees what others stored meanwhile. */
  async settle(flow, by, at) {
    const changed = new Map<IncidentId, Incident>();
    for (let round = 0; round < 5; round += 1) {
      const opened = await db.rows(openCauses(flow, at));
      const assigned = await db.rows(assignLetters(flow));
      const counted = (await db.rows(countLetters(flow, by, at))).map(read);
      for (const incident of counted) changed.set(incident.id, incident);
      if (opened.length + assigned.length + counted.length === 0) break;
    }
    return [...changed.values()];
  },

  async raise(flow, error, message, at) {
    return read(only(await db.rows(raise(flow, clean(error), clean(message), at)), "incident"));
  },

  async clear(flow, by, at) {
    const rows = await db.orm
      .update(incidents)
      .set({ state: "closed", stateBy: clean(by), stateAt: at })
      .where(
        and(
          eq(incidents.flow, flow),
          eq(incidents.kind, "systemic"),
          ne(incidents.state, "closed"),
        ),
      )
      .returning();
    return rows.map(toIncident);
  },

  async snooze(id, until, by) {
    const [row] = await db.orm
      .update(incidents)
      .set({ state: "snoozed", stateBy: clean(by), stateAt: until })
      .where(and(eq(incidents.id, id), ne(incidents.state, "closed")))
      .returning();
    return row && toIncident(row);
  },

  async note(id, at, by, what) {
    only(
      await db.orm
        .update(incidents)
        .set({ history: sql`history || ${entryOf({ at, by, what })}` })
        .where(eq(incidents.id, id))
        .returning({ id: incidents.id }),
      "incident note",
    );
  },

  async history(id) {
    const [row] = await db.orm
      .select({ history: incidents.history })
      .from(incidents)
      .where(eq(incidents.id, id));
    const entries = row?.history ?? [];
    return entries.map((entry) => ({ ...entry, at: Temporal.Instant.from(entry.at) }));
  },
});

const read = (row: Row): Incident => toIncident(decode(incidents, row));

/** One for each cause that has dead letters; a closed one opens again. */
const openCauses = (flow: FlowName, at: Temporal.Instant) => sql`
  insert into incidents as i (id, flow, kind, about, subject, state, opened_at, history)
  select gen_random_uuid()::text, ${flow}, 'cause', c.fingerprint,
    json_build_object('kind', 'cause', 'direction', c.direction, 'way', c.way, 'object', c.object, 'problem', c.problem::json)::text,
    'open', ${at.toString()}::timestamptz, '[]'
  from (
    select distinct on (fingerprint) fingerprint, direction, way, problem, coalesce((
      select plan::json->(case when (direction = 'read') = (way = 'there') then 'from' else 'to' end)->>'object'
      from flows where name = ${flow}
    ), '') as object
    from dead_letters where flow = ${flow} and state in ('open', 'retrying')
    order by fingerprint, first_seen, id
  ) c
  on conflict (flow, kind, about) do update set ${reopened}
  where i.state = 'closed'
  returning i.id`;

const reopened = sql`subject = excluded.subject, state = 'open', state_by = null, state_at = null,
    opened_at = excluded.opened_at, open = 0, total = 0, written = 0, discarded = 0`;

const assignLetters = (flow: FlowName) => sql`
  update dead_letters d set incident = i.id
  from incidents i
  where d.flow = ${flow} and d.state in ('open', 'retrying')
    and i.flow = d.flow and i.kind = 'cause' and i.about = d.fingerprint and d.incident is distinct from i.id
  returning d.id`;

const countLetters = (flow: FlowName, by: string, at: Temporal.Instant) => sql`
  with counts as (
    select i.id,
      (count(d.id) filter (where d.state in ('open', 'retrying')))::int as open,
      greatest(i.total, count(d.id)::int) as total,
      (count(d.id) filter (where d.state = 'written'))::int as written,
      (count(d.id) filter (where d.state = 'discarded'))::int as discarded
    from incidents i
    left join dead_letters d on d.incident = i.id
      and (d.state in ('open', 'retrying') or d.state_at >= i.opened_at)
    where i.flow = ${flow} and i.kind = 'cause' and i.state <> 'closed'
    group by i.id
  )
  update incidents i set
    open = c.open, total = c.total, written = c.written, discarded = c.discarded,
    state = case when c.open = 0 then 'closed' when ${wakes(at)} then 'open' else i.state end,
    state_by = case when c.open = 0 then ${clean(by)} when ${wakes(at)} then null else i.state_by end,
    state_at = case when c.open = 0 then ${at.toString()}::timestamptz when ${wakes(at)} then null
      else i.state_at end
  from counts c
  where i.id = c.id and i.state <> 'closed' and (c.open = 0 or ${wakes(at)}
    or (i.open, i.total, i.written, i.discarded) is distinct from (c.open, c.total, c.written, c.discarded))
  returning i.*`;

const wakes = (at: Temporal.Instant) =>
  sql`(i.state = 'snoozed' and i.state_at <= ${at.toString()}::timestamptz)`;

const raise = (flow: FlowName, error: string, message: string, at: Temporal.Instant) => sql`
  insert into incidents as i (id, flow, kind, about, subject, state, opened_at, history)
  values (gen_random_uuid()::text, ${flow}, 'systemic', ${error},
    ${JSON.stringify({ kind: "systemic", error, message })}, 'open', ${at.toString()}, '[]')
  on conflict (flow, kind, about) do update set
    subject = case i.state when 'closed' then excluded.subject else i.subject end,
    opened_at = case i.state when 'closed' then excluded.opened_at else i.opened_at end,
    state_by = case i.state when 'closed' then null else i.state_by end,
    state_at = case i.state when 'closed' then null else i.state_at end,
    state = case i.state when 'closed' then 'open' else i.state end
  returning i.*`;
