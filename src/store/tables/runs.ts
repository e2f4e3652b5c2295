import { deadLetterId, flowName, incidentId, runId } from "#domain/ids.ts";
import type { Bulk, Run, RunState, RunStatus, RunTrigger, RunWork } from "#domain/run.ts";
import { instant, jsonText } from "../columns.ts";
import { bigint, boolean, index, integer, pgTable, sql, text, uniqueIndex } from "../drizzle.ts";

const count = (name: string) => bigint(name, { mode: "number" }).notNull().default(0);

/** What runs there are and were. */
export const runs = pgTable(
  "runs",
  {
    id: text().primaryKey(),
    flow: text().notNull(),
    state: text().$type<RunStatus>().notNull(),
    /** Why it waits or failed. */
    reason: text(),
    until: instant(),
    /** Who asked for it to stop. */
    cancelledBy: text("cancelled_by"),
    trigger: text().$type<RunTrigger["kind"]>().notNull(),
    triggeredBy: text("triggered_by"),
    work: text().$type<RunWork["kind"]>().notNull(),
    full: boolean().notNull().default(false),
    /** The set of changes that was let through. */
    approved: text(),
    letters: jsonText<string[]>().notNull(),
    /** Records that are brought along. */
    keys: jsonText<string[]>()
      .notNull()
      .default(sql`'[]'`),
    /** The version of the flow that a retry was told to write as. */
    asVersion: integer("as_version"),
    flowVersion: integer("flow_version"),
    /** A retry of all that is open, of this incident if one is named; `letters` are those in hand. */
    bulk: boolean().notNull().default(false),
    incident: text(),
    /** How many it took so far, when it took the last of them, and their place in the order of all. */
    taken: count("taken"),
    takenAt: instant("taken_at"),
    reachedSeen: instant("reached_seen"),
    reached: text(),
    pausedBy: text("paused_by"),
    read: count("read"),
    created: count("created"),
    updated: count("updated"),
    unchanged: count("unchanged"),
    filtered: count("filtered"),
    deleted: count("deleted"),
    deadLettered: count("dead_lettered"),
    held: count("held"),
    arrived: boolean().notNull().default(false),
    total: bigint({ mode: "number" }),
    queuedAt: instant("queued_at").notNull(),
    startedAt: instant("started_at"),
    endedAt: instant("ended_at"),
    channel: text(),
  },
  (t) => [
    uniqueIndex("runs_one_sync")
      .on(t.flow)
      .where(sql`work = 'sync' and state in ('queued', 'running', 'waiting')`),
    uniqueIndex("runs_one_bulk")
      .on(t.flow)
      .where(sql`bulk and state in ('queued', 'running', 'waiting', 'paused')`),
    index("runs_unfinished")
      .on(t.queuedAt)
      .where(sql`state in ('queued', 'running', 'waiting', 'paused')`),
    index("runs_by_flow").on(t.flow, t.queuedAt),
    index("runs_by_age").on(t.queuedAt),
    index("runs_by_end").on(t.endedAt),
  ],
);

type Row = typeof runs.$inferSelect;

export const toRun = (row: Row): Run => ({
  id: runId(row.id),
  flow: flowName(row.flow),
  state: toState(row),
  trigger: toTrigger(row),
  work: toWork(row),
  version: row.flowVersion,
  counts: {
    read: row.read,
    created: row.created,
    updated: row.updated,
    unchanged: row.unchanged,
    filtered: row.filtered,
    deleted: row.deleted,
    deadLettered: row.deadLettered,
    held: row.held,
  },
  arrived: row.arrived,
  total: row.total,
  queuedAt: row.queuedAt,
  startedAt: row.startedAt,
  endedAt: row.endedAt,
  channel: row.channel,
});

function toWork({ work, full, approved, letters, asVersion, keys, ...bulk }: Row): RunWork {
  switch (work) {
    case "sync":
      return { kind: "sync", full, approved };
    case "retry":
      return {
        kind: "retry",
        letters: letters.map(deadLetterId),
        ...(asVersion === null ? {} : { as: asVersion }),
        ...(bulk.bulk ? { bulk: toBulk(bulk) } : {}),
      };
    case "bring":
      return { kind: "bring", keys };
    default:
      return work satisfies never;
  }
}

const toBulk = ({ incident, taken }: Pick<Row, "incident" | "taken">): Bulk => ({
  incident: incident === null ? null : incidentId(incident),
  taken,
});

const orUs = (by: string | null): string => by ?? "Tieline";

function toState({ state, reason, until, cancelledBy, pausedBy, queuedAt }: Row): RunState {
  switch (state) {
    case "queued":
    case "running":
    case "done":
      return { kind: state };
    case "waiting":
      return { kind: "waiting", reason: reason ?? "", until: until ?? queuedAt };
    case "paused":
      return { kind: "paused", by: orUs(pausedBy) };
    case "failed":
      return { kind: "failed", reason: reason ?? "" };
    case "cancelled":
      return { kind: "cancelled", by: orUs(cancelledBy) };
    default:
      return state satisfies never;
  }
}

const toTrigger = ({ trigger, triggeredBy }: Row): RunTrigger =>
  trigger === "person" ? { kind: "person", by: triggeredBy ?? "" } : { kind: trigger };
