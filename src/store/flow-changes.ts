import type { FlowPlan } from "#domain/flow.ts";
import type { FlowName } from "#domain/ids.ts";
import type { FlowChange, Registry } from "#domain/ports/registry.ts";
import { clean } from "./clean.ts";
import { and, desc, eq, sql } from "./drizzle.ts";
import { endedConflicts } from "./ended-conflicts.ts";
import type { Database } from "./handle.ts";
import { flowVersions, toFlowVersion } from "./tables/flow-versions.ts";
import { flows, toFlow, toPlan } from "./tables/flows.ts";

type FlowChanges = Pick<
  Registry,
  "flow" | "versions" | "addFlow" | "changeFlow" | "startFlow" | "removeFlow"
>;

/** What changes one flow, and what it was before. Each change is one statement with its version. */
export const flowChangesIn = (db: Database): FlowChanges => ({
  async flow(name, version) {
    const [row] = await db.orm.select().from(flows).where(eq(flows.name, name));
    if (row === undefined || version === undefined || version === row.version)
      return row && toFlow(row);
    const [earlier] = await db.orm
      .select()
      .from(flowVersions)
      .where(and(eq(flowVersions.flow, name), eq(flowVersions.version, version)));
    return earlier && { ...toFlow(row), ...toPlan(name, earlier.plan), version };
  },

  async versions(name) {
    const rows = await db.orm
      .select()
      .from(flowVersions)
      .where(eq(flowVersions.flow, name))
      .orderBy(desc(flowVersions.version));
    return rows.map(toFlowVersion);
  },

  async addFlow(plan, change) {
    const rows = await db.rows(sql`
      with added as (
        insert into flows (name, plan, state, turned_by, turned_at, version)
        values (${plan.name}, ${planText(plan)}, 'off', ${clean(change.by)},
          ${change.at.toString()}::timestamptz, ${nextVersion(plan.name)})
        on conflict do nothing
        returning name, version, plan
      )${versioned(plan.name, change)}
      select version from added`);
    return rows.length === 1;
  },

  async changeFlow(plan, base, change) {
    const [row] = await db.rows(sql`
      with added as (
        update flows set plan = ${planText(plan)}, version = version + 1
        where name = ${plan.name} and version = ${base}
        returning name, version, plan
      )${versioned(plan.name, change)}${endedConflicts("added", change)}
      select version from added`);
    return row === undefined ? undefined : Number(row["version"]);
  },

  async startFlow(name, version) {
    const rows = await db.orm
      .update(flows)
      .set({ state: "on", turnedBy: null, turnedAt: null })
      .where(and(eq(flows.name, name), eq(flows.state, "off"), eq(flows.version, version)))
      .returning({ name: flows.name });
    return rows.length === 1;
  },

  async removeFlow(name) {
    const rows = await db.rows(sql`
      with removed as (
        delete from flows f where f.name = ${name} and not exists (
          select from runs r where r.flow = ${name} and r.state in ('queued', 'running', 'waiting', 'paused')
        )
        returning name
      ), unlinked as (
        delete from links using removed where flow = removed.name
      ), undecided as (
        delete from conflicts using removed where flow = removed.name
      ), unlettered as (
        delete from dead_letters using removed where flow = removed.name
      ), unintended as (
        delete from intents using removed where flow = removed.name
      ), unread as (
        delete from flow_progress using removed where flow = removed.name
      )
      select name from removed`);
    return rows.length === 1;
  },
});

export const planText = ({ name: _name, ...plan }: FlowPlan): string => JSON.stringify(plan);

/** A flow that is made anew goes on counting where the one of its name ended. */
const nextVersion = (name: FlowName) =>
  sql`(select coalesce(max(v.version), 0) + 1 from flow_versions v where v.flow = ${name})`;

const versioned = (name: FlowName, { by, at, what }: FlowChange) => sql`, versioned as (
    insert into flow_versions (flow, version, plan, by, at, what)
    select name, version, plan, ${clean(by)}, ${at.toString()}::timestamptz, ${clean(what[name] ?? "")}
    from added
  )`;
