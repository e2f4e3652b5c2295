import { types, type PGlite } from "@electric-sql/pglite";
import { fromPglite, PgBoss, type ConstructorOptions, type PGliteLike } from "pg-boss";

/** The database the store works in: the queue works in the same, in a schema of its own. */
export type Handle = { kind: "embedded"; pglite: PGlite } | { kind: "postgres"; url: string };

export const bossOver = (handle: Handle, schema: string): PgBoss =>
  new PgBoss({
    ...intervals,
    ...(handle.kind === "embedded"
      ? { backend: "pglite", db: fromPglite(reading(handle.pglite)) }
      : { connectionString: handle.url, max: 6, application_name: "tieline queue" }),
    schema,
    useListenNotify: true,
    reindex: false,
    monitorVacuum: false,
  });

/** A dead worker is noticed and a cron slot fires within seconds instead of pg-boss's minute. */
const intervals: ConstructorOptions = {
  superviseIntervalSeconds: 5,
  monitorIntervalSeconds: 5,
  cronMonitorIntervalSeconds: 5,
  cronWorkerIntervalSeconds: 1,
};

/** The store has PGlite hand over text unread; pg-boss wants values, as PGlite gives them by default. */
function reading(pglite: PGlite): PGliteLike {
  const parsers = {
    [types.INT8]: Number,
    [types.NUMERIC]: (text: string) => text,
    [types.JSON]: (text: string) => JSON.parse(text) as unknown,
    [types.JSONB]: (text: string) => JSON.parse(text) as unknown,
    [types.TIMESTAMPTZ]: (text: string) => new Date(text),
    [types.DATE]: (text: string) => new Date(text),
  };
  return {
    query: <T>(text: string, values?: unknown[]) => pglite.query<T>(text, values, { parsers }),
    exec: (text: string) => pglite.exec(text, { parsers }),
    listen: (channel: string, heard: (payload: string) => void) => pglite.listen(channel, heard),
  };
}
