import type { Db } from "pg-boss";
import { kinds } from "./kinds.ts";
import { channel } from "./statements.ts";

/** A worker gives a sign of life for each of its jobs this often. */
export const signSeconds = 2;
/**
 * Without one for so long the worker is taken for dead. More than the engine's own patience with a run,
 * so that whoever gets the job then gets its run too.
 */
const patienceSeconds = 9;
const lookMs = 2_000;

/**
 * Lets go of what dead workers had in hand, as long as it is not disposed. pg-boss would too, but no
 * sooner than 10 seconds after the last sign of life, and then with a pause that doubles with each death.
 */
export function watchAbandoned(db: Db, schema: string): Disposable {
  const text = release(schema);
  const look = async (): Promise<void> => {
    try {
      await db.executeSql(text, [Object.keys(kinds), patienceSeconds]);
    } catch {
      // The database is away, which pg-boss says loudly enough; or somebody else did it just now.
    }
  };
  const timer = setInterval(() => void look(), lookMs);
  return { [Symbol.dispose]: () => clearInterval(timer) };
}

/** In state `retry` a job is fetched as another try, so that what its first worker says of it is void. */
const release = (schema: string): string => `
  with abandoned as (
    select name, id from ${schema}.job
    where name = any ($1::text[]) and state = 'active'
      and heartbeat_on < ${schema}.job_now() - $2::int * interval '1 second'
    for update skip locked
  ), released as (
    update ${schema}.job j set state = 'retry', start_after = ${schema}.job_now()
    from abandoned a
    where j.name = a.name and j.id = a.id and not exists (
      select from ${schema}.job other
      where other.name = j.name and other.singleton_key = j.singleton_key and other.state = 'retry'
    )
    returning j.name
  )
  select pg_notify(${channel(schema)}, name) from (select distinct name from released) woken`;
