import { fromPglite, PgBoss, type ConstructorOptions } from "pg-boss";
import { asPglite, type Session } from "./embedded.ts";

/** The database the store works in: the queue works in the same, in a schema of its own. */
export type Handle = ({ kind: "embedded" } & Session) | { kind: "postgres"; url: string };

export const bossOver = (handle: Handle, schema: string): PgBoss =>
  new PgBoss({
    ...intervals,
    ...(handle.kind === "embedded"
      ? { backend: "pglite", db: fromPglite(asPglite(handle)) }
      : { ...server, connectionString: handle.url }),
    schema,
    useListenNotify: true,
    reindex: false,
    monitorVacuum: false,
  });

/**
 * A server that vanishes without a word would be waited for by the kernel for a quarter of an hour (tcp(7),
 * tcp_retries2). pg has one limit for all; the longest statement here takes away old jobs.
 */
const server = { max: 6, application_name: "tieline queue", query_timeout: 30_000 };

/** A dead worker is noticed and a cron slot fires within seconds instead of pg-boss's minute. */
const intervals: ConstructorOptions = {
  superviseIntervalSeconds: 5,
  monitorIntervalSeconds: 5,
  cronMonitorIntervalSeconds: 5,
  cronWorkerIntervalSeconds: 1,
};
