import { createHash } from "node:crypto";
import type { Db, PgBoss } from "pg-boss";
import type { Job, Queue } from "#domain/ports/queue.ts";
import { lastSlot } from "#domain/slots.ts";
import { bringForward } from "./statements.ts";
import { subject } from "./subject.ts";

/** `since`: it was not there before, so no earlier slot is its own. */
type Entry = { job: Job; cron: string; zone: string; since: string };
type Parts = { boss: PgBoss; db: Db; schema: string };

/** The one thing pg-boss does by the clock, each minute in UTC: it looks what is due. */
export const tick = "tick";

const keyOf = ({ job }: Pick<Entry, "job">): string => `${job.kind} ${subject(job)}`;

/**
 * Keeps up to when everything was rung. Behind a lock: of two workers that create a table at the same time one
 * fails, in spite of `if not exists` (Postgres 15: duplicate key in pg_type_typname_nsp_index).
 */
export async function openTimetable({ db, schema }: Omit<Parts, "boss">): Promise<void> {
  await db.executeSql(`do $block$ begin
    perform pg_advisory_xact_lock(hashtext('tieline timetable'));
    create table if not exists ${schema}.timetable (
      one boolean primary key default true check (one), reached timestamptz not null);
  end $block$`);
  await db.executeSql(
    `insert into ${schema}.timetable (reached)
    values (date_trunc('minute', now()) - interval '1 millisecond') on conflict do nothing`,
  );
}

/** One that stays as it is keeps its past. */
export async function replaceSchedules(
  { boss, db, schema }: Parts,
  entries: Parameters<Queue["schedule"]>[0],
): Promise<void> {
  const known = new Map((await entriesOf(boss)).map((entry) => [keyOf(entry), entry]));
  const { now } = await times(db, schema);
  const minute = now.round({ smallestUnit: "minute", roundingMode: "floor" });
  const fresh = minute.subtract({ milliseconds: 1 }).toString();
  const all = entries.map((entry): Entry => {
    const before = known.get(keyOf(entry));
    const same = before?.cron === entry.cron && before.zone === entry.zone;
    return { ...entry, since: same ? before.since : fresh };
  });
  for (const { name, key } of await boss.getSchedules())
    if (name !== tick) await boss.unschedule(name, key);
  await boss.schedule(tick, "* * * * *", { entries: all }, { tz: "UTC", singletonKey: tick });
}

async function entriesOf(boss: PgBoss): Promise<readonly Entry[]> {
  const [schedule] = await boss.getSchedules(tick);
  return (schedule?.data as { entries?: Entry[] } | undefined)?.entries ?? [];
}

/**
 * Adds the job of each schedule that has had a slot since this was last done: one, however many slots went
 * by. A job is known by its slot, so that one that is rung twice (a process was killed in between) is one.
 */
export async function ring({ boss, db, schema }: Parts): Promise<void> {
  const { reached, now } = await times(db, schema);
  for (const { job, since, ...schedule } of await entriesOf(boss)) {
    const slot = lastSlot(schedule, now);
    const isNew = [reached, Temporal.Instant.from(since)].every((time) => Temporal.Instant.compare(slot, time) > 0); // prettier-ignore
    if (!isNew) continue;
    const id = idOf(`${keyOf({ job })} ${slot.toString()}`);
    const sent = await boss.send(job.kind, job, { id, singletonKey: subject(job) });
    if (sent === null) await bringForward(db, schema, job, new Date(0));
  }
  await db.executeSql(
    `update ${schema}.timetable set reached = $1::timestamptz where reached < $1::timestamptz`,
    [now.toString()],
  );
}

/** By the database's clock: workers' own need not agree. */
async function times(db: Db, schema: string) {
  const { rows } = await db.executeSql(
    `select to_json(reached) #>> '{}' as reached, to_json(now()) #>> '{}' as now from ${schema}.timetable`,
  );
  const [row] = rows as { reached: string; now: string }[];
  if (row === undefined) throw new Error("The queue has no timetable.");
  return { reached: Temporal.Instant.from(row.reached), now: Temporal.Instant.from(row.now) };
}

/** The same text is the same id. */
const idOf = (text: string): string =>
  createHash("sha256")
    .update(text)
    .digest("hex")
    .replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*$/, "$1-$2-$3-$4-$5");
