import type { Figures } from "#domain/ports/settings.ts";
import { sql } from "./drizzle.ts";
import type { Database } from "./handle.ts";

/** Over syncs that ended in the span; retries are part of what they repair. */
export const figuresIn = (db: Database): Figures => ({
  async byFlow(from, to) {
    const rows = await db.rows(sql`
      select flow, count(*)::int as runs, (count(*) filter (where state = 'failed'))::int as failed_runs,
        sum(read)::float8 as records, sum(created + updated + deleted)::float8 as written,
        sum(dead_lettered)::float8 as dead_lettered,
        percentile_cont(0.5) within group (order by ${lasted}) filter (where state = 'done') as median_ms,
        percentile_cont(0.95) within group (order by ${lasted}) filter (where state = 'done') as p95_ms
      from runs where ${endedIn(from, to)} group by flow order by flow`);
    return rows.map((row) => ({
      flow: row["flow"] as string,
      runs: Number(row["runs"]),
      failedRuns: Number(row["failed_runs"]),
      records: Number(row["records"]),
      written: Number(row["written"]),
      deadLettered: Number(row["dead_lettered"]),
      medianMs: rounded(row["median_ms"]),
      p95Ms: rounded(row["p95_ms"]),
    }));
  },

  async byDay(from, to, zone) {
    const rows = await db.rows(sql`
      select flow, (ended_at at time zone ${zone}::text)::date::text as day,
        sum(read)::float8 as records, sum(dead_lettered)::float8 as failures
      from runs where ${endedIn(from, to)} group by flow, day order by day, flow`);
    return rows.map((row) => ({
      flow: row["flow"] as string,
      day: row["day"] as string,
      records: Number(row["records"]),
      failures: Number(row["failures"]),
    }));
  },
});

const lasted = sql`(extract(epoch from ended_at - started_at) * 1000)::float8`;

const endedIn = (from: Temporal.Instant, to: Temporal.Instant) => sql`work = 'sync'
  and ended_at >= ${from.toString()}::timestamptz and ended_at < ${to.toString()}::timestamptz`;

const rounded = (value: unknown): number | null =>
  value === null ? null : Math.round(Number(value));
