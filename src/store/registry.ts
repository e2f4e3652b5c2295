import type { Connection } from "#domain/connection.ts";
import type { FlowPlan, FlowState } from "#domain/flow.ts";
import type { FlowChange, Registry } from "#domain/ports/registry.ts";
import { clean } from "./clean.ts";
import { and, eq, ne, or, sql } from "./drizzle.ts";
import { flowChangesIn, planText } from "./flow-changes.ts";
import { endedConflicts } from "./ended-conflicts.ts";
import type { Database } from "./handle.ts";
import { connections, toConnection } from "./tables/connections.ts";
import { flows, toFlow } from "./tables/flows.ts";
import { only, written } from "./written.ts";

export const registryIn = (db: Database): Registry => ({
  ...flowChangesIn(db),

  async connections() {
    const rows = await db.orm.select().from(connections).orderBy(connections.name);
    return rows.map(toConnection);
  },

  async connection(name) {
    const [row] = await db.orm.select().from(connections).where(eq(connections.name, name));
    return row && toConnection(row);
  },

  async flows() {
    const rows = await db.orm.select().from(flows).orderBy(flows.name);
    return rows.map(toFlow);
  },

  async save(setup, change) {
    const row = only(await db.rows(save(setup.connections, setup.flows, change)), "registry");
    written(Number(row["saved"]), setup.connections.length + setup.flows.length, "registry");
  },

  async removeConnection(name) {
    const rows = await db.rows(sql`
      with removed as (
        delete from connections c where c.name = ${name} and not exists (
          select from flows where ${name} in (plan::json->'from'->>'connection', plan::json->'to'->>'connection')
        )
        returning name
      ), forgotten as (
        delete from secrets using removed where connection = removed.name
      ), uninvited as (
        delete from invitations using removed where connection = removed.name
      ), stopped as (
        delete from sign_ins using removed where connection = removed.name
      ), unlimited as (
        delete from buckets using removed where connection = removed.name
      ), unsubscribed as (
        delete from subscriptions using removed where connection = removed.name
      ), unseen as (
        delete from deals_seen using removed where connection = removed.name
      ), undelivered as (
        delete from deliveries using removed where connection = removed.name
      ), untold as (
        delete from endpoints using removed where connection = removed.name
      ), unreceived as (
        delete from received using removed where connection = removed.name
      ), unfailed as (
        delete from failures using removed where connection = removed.name
      ), closed as (
        update incidents set state = 'closed', state_by = 'Tieline', state_at = now(), open = 0
        from removed where connection = removed.name and state <> 'closed'
      ), unhinted as (
        delete from hints using removed where connection = removed.name
      ), unwatched as (
        delete from watches using removed where connection = removed.name
      ), unhooked as (
        delete from hooks using removed where connection = removed.name returning token_hash
      ), unlearned as (
        delete from hook_secrets using unhooked where address = unhooked.token_hash
      )
      select name from removed`);
    return rows.length === 1;
  },

  async turnFlow(name, state) {
    const rows = await db.orm
      .update(flows)
      .set(
        state.kind === "on"
          ? { state: "on", reason: null, held: false, turnedBy: null, turnedAt: null }
          : {
              state: "paused",
              reason: clean(state.reason),
              held: state.held,
              turnedBy: state.by,
              turnedAt: state.at,
            },
      )
      .where(and(eq(flows.name, name), isOther(state), ne(flows.state, "off")))
      .returning({ name: flows.name });
    return rows.length === 1;
  },
});

const isOther = (state: FlowState) =>
  state.kind === "paused" && !state.held
    ? or(ne(flows.state, state.kind), flows.held)
    : ne(flows.state, state.kind);

/**
 * What was given for one tool at one address goes to no other: whoever moves a connection has to sign
 * in again. On this machine the sandbox's tools move about by themselves.
 */
const save = (
  connections: readonly Connection[],
  flows: readonly FlowPlan[],
  change: FlowChange | undefined,
) => sql`
  with moved as (
    select c.name from connections c, jsonb_to_recordset(${connectionRows(connections)}::jsonb)
      as x (name text, connector text, base_url text)
    where c.name = x.name and (c.connector <> x.connector
      or c.base_url is distinct from x.base_url
      and not (c.base_url like 'http://127.0.0.1:%' and x.base_url like 'http://127.0.0.1:%'))
  ), forgotten as (
    delete from secrets using moved where connection = moved.name
  ), uninvited as (
    delete from invitations using moved where connection = moved.name
  ), stopped as (
    delete from sign_ins using moved where connection = moved.name
  ), connected as (
    insert into connections (name, connector, base_url, settings, credential, owner, events)
    select * from jsonb_to_recordset(${connectionRows(connections)}::jsonb)
      as x (name text, connector text, base_url text, settings text, credential text, owner text, events text)
    on conflict (name) do update set connector = excluded.connector, base_url = excluded.base_url,
      settings = excluded.settings, credential = excluded.credential, owner = excluded.owner,
      events = excluded.events
    returning 1
  ), planned as (
    insert into flows as f (name, plan, state, version)
    select x.name, x.plan, 'on',
      (select coalesce(max(v.version), 0) + 1 from flow_versions v where v.flow = x.name)
    from jsonb_to_recordset(${flowRows(flows, change)}::jsonb) as x (name text, plan text)
    on conflict (name) do update set plan = excluded.plan, version = f.version + 1
    returning name, version, plan
  ), versioned as (
    insert into flow_versions (flow, version, plan, by, at, what)
    select p.name, p.version, p.plan, ${clean(change?.by ?? "Tieline")},
      coalesce(${change?.at.toString() ?? null}::timestamptz, now()), x.what
    from planned p, jsonb_to_recordset(${flowRows(flows, change)}::jsonb) as x (name text, what text)
    where x.name = p.name
  )${endedConflicts("planned", change ?? { by: "Tieline", at: Temporal.Now.instant() })}
  select (select count(*) from connected) + (select count(*) from planned) as saved`;

const connectionRows = (connections: readonly Connection[]) =>
  JSON.stringify(
    connections.map(({ name, connector, baseUrl, settings, credential, owner, events }) => ({
      name,
      connector,
      base_url: baseUrl,
      settings: JSON.stringify(settings),
      credential: JSON.stringify(credential),
      owner,
      events: JSON.stringify(events),
    })),
  );

const flowRows = (flows: readonly FlowPlan[], change: FlowChange | undefined) =>
  JSON.stringify(
    flows.map((plan) => ({
      name: plan.name,
      plan: planText(plan),
      what: clean(change?.what[plan.name] ?? ""),
    })),
  );
