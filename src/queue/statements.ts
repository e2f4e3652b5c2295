import type { Db } from "pg-boss";
import type { Job } from "#domain/ports/queue.ts";
import { kinds } from "./kinds.ts";
import { subject } from "./subject.ts";

/**
 * Has the waiting job of the same subject start by then, and wakes a worker for it; false when none
 * waits any more. It is what pg-boss 12 has no call for: its `update` would also put a job off.
 */
export async function bringForward(
  db: Db,
  schema: string,
  job: Job,
  startAfter: Date,
): Promise<boolean> {
  const { rows } = await db.executeSql(
    `with moved as (
      update ${schema}.job set start_after = least(start_after, greatest($3::timestamptz, now()))
      where name = $1 and singleton_key = $2 and state = 'created'
      returning start_after
    )
    select case when start_after <= now() then pg_notify(${channel(schema)}, $1) end from moved`,
    [job.kind, subject(job), startAfter.toISOString()],
  );
  return rows.length > 0;
}

/** As pg-boss 12 names it (dist/plans.js, notifyChannelSql). */
export const channel = (schema: string) =>
  `('pgboss_' || left(encode(sha224('${schema}'::bytea), 'hex'), 24))`;

/**
 * Takes from a dead process the jobs it had in hand and returns ours. For an embedded database alone:
 * there is no other process that could be alive.
 */
export async function releaseOrphans(db: Db, schema: string): Promise<readonly Job[]> {
  const ours = Object.keys(kinds);
  await db.executeSql(
    `update ${schema}.job set state = 'retry' where state = 'active' and name <> all ($1::text[])`,
    [ours],
  );
  const { rows } = await db.executeSql(
    `delete from ${schema}.job where state = 'active' and name = any ($1::text[]) returning data`,
    [ours],
  );
  return rows.map(({ data }: { data: Job }) => data);
}
