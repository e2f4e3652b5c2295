import { afterAll, expect, test } from "vitest";
import { flowName } from "#domain/ids.ts";
import type { Job } from "#domain/ports/queue.ts";
import { bossOver, type Handle } from "#queue/boss.ts";
import { kinds, ticking } from "#queue/kinds.ts";
import { openTimetable, replaceSchedules, ring, tick } from "#queue/schedules.ts";
import { embeddedDatabase, postgresServer, stopPostgres } from "../support/with-store.ts";
import { freshSchema } from "./queue.contract.ts";

const server = await postgresServer();
afterAll(stopPostgres);

/** A queue of which nobody does the work, and where it is any time. */
async function openBoss(handle: Handle) {
  const schema = freshSchema();
  const boss = bossOver(handle, schema);
  await boss.start();
  for (const [kind, { queue }] of Object.entries({ ...kinds, [tick]: ticking }))
    await boss.createQueue(kind, { ...queue, policy: "stately" });
  const db = boss.getDb();
  const timetable = { boss, db, schema };
  await openTimetable(timetable);
  return {
    timetable,
    /** As if it had last been looked at so long ago. */
    down: (interval: string) =>
      db.executeSql(`update ${schema}.timetable set reached = now() - $1::interval`, [interval]),
    /** As if all that is scheduled had been so for years. */
    since: () =>
      db.executeSql(
        `update ${schema}.schedule set data = regexp_replace(data::text, '"since": ?"20\\d\\d', '"since":"2001', 'g')::jsonb`,
      ),
    /** Has the jobs that wait done. */
    async work(): Promise<readonly Job[]> {
      const { rows } = await db.executeSql(
        `update ${schema}.job set state = 'completed', completed_on = now()
        where state = 'created' and name <> all ('{tick,__pgboss__send-it}'::text[]) returning data`,
      );
      return (rows as { data: Job }[]).map(({ data }) => data);
    },
    [Symbol.asyncDispose]: () => boss.stop({ graceful: false }),
  };
}

const databases = [
  {
    name: "the embedded database",
    there: true,
    handle: async (): Promise<Handle> => (await embeddedDatabase()).handle,
  },
  { name: "Postgres (skipped where there is none)", there: server !== undefined, handle: (): Promise<Handle> => Promise.resolve({ kind: "postgres", url: server?.url ?? "" }) }, // prettier-ignore
];

const hourly = { job: { kind: "schedule", flow: flowName("hourly") } as const, cron: "0 * * * *", zone: "Asia/Kolkata" }; // prettier-ignore
const leap = { job: { kind: "digest" } as const, cron: "30 7 29 2 *", zone: "Asia/Tokyo" };

for (const { name, there, handle } of databases)
  test.skipIf(!there)(
    `after three days down a schedule comes once, and what is rung twice has rung once, on ${name}`,
    async () => {
      await using opened = await openBoss(await handle());
      const { timetable, down, since, work } = opened;
      await replaceSchedules(timetable, [hourly, leap]);
      await since();
      await down("3 days");
      await ring(timetable);
      expect(await work()).toEqual([hourly.job]);
      await ring(timetable);
      expect(await work()).toEqual([]);

      // Killed after the job was added and before that was kept.
      await down("3 days");
      await ring(timetable);
      expect(await work()).toEqual([]);

      // What stays as it is has not begun anew; what is new, or another time, has missed nothing.
      await down("3 days");
      const later = { ...leap, cron: "1 1 1 1 *" };
      const young = { ...hourly, job: { kind: "schedule", flow: flowName("young") } as const, cron: "0 0 1 1 *" }; // prettier-ignore
      await replaceSchedules(timetable, [hourly, later, young]);
      await ring(timetable);
      expect(await work()).toEqual([]);

      // What is not scheduled any more does not come.
      await down("4 years");
      await replaceSchedules(timetable, []);
      await ring(timetable);
      expect(await work()).toEqual([]);
    },
    120_000,
  );
