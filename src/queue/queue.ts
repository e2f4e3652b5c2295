import type { Log } from "#domain/ports/world.ts";
import type { Job, Queue } from "#domain/ports/queue.ts";
import { signSeconds, watchAbandoned } from "./abandoned.ts";
import { bossOver, type Handle } from "./boss.ts";
import { checkCron } from "./cron.ts";
import { kinds, ticking } from "./kinds.ts";
import { openTimetable, replaceSchedules, ring, tick } from "./schedules.ts";
import { bringForward, releaseOrphans } from "./statements.ts";
import { subject } from "./subject.ts";

export type Handlers = {
  [Kind in Job["kind"]]: (job: Extract<Job, { kind: Kind }>) => Promise<void>;
};

export type OpenQueue = AsyncDisposable &
  Queue & {
    /** Starts working on these kinds. A handler that throws has its job again later. */
    work(handlers: Partial<Handlers>): Promise<void>;
    /** Has the waiting job of this kind and subject start now; where none waits, none is made. */
    hasten(job: Job): Promise<void>;
  };

type Options = { handle: Handle; log: Log; schema?: string };

/**
 * When and where work runs: pg-boss, over the database the store is in. Disposing waits up to 25 seconds
 * for the jobs in hand.
 */
export async function openQueue({
  handle,
  log,
  schema = "tieline_jobs",
}: Options): Promise<OpenQueue> {
  await using opening = new AsyncDisposableStack();
  const boss = bossOver(handle, schema);
  // All is to be over within 25 s, and more than the queue has to be put away. One that did not come up has
  // connections as well, and with those its process would not end.
  opening.defer(() => boss.stop({ graceful: true, timeout: 20_000 }));
  boss.on("error", (error) => log.error("the queue had a problem", { error }));
  boss.on("warning", ({ message, data }) => log.warn(message, { data }));
  await boss.start();
  for (const [kind, { queue }] of Object.entries({ ...kinds, [tick]: ticking })) {
    const options = { ...queue, policy: "stately", notify: true };
    await boss.createQueue(kind, options);
    await boss.updateQueue(kind, queue);
  }
  const db = boss.getDb();
  const timetable = { boss, db, schema };
  await openTimetable(timetable);

  const add = async (job: Job, after?: Temporal.Instant) => {
    const startAfter = after ? new Date(after.epochMilliseconds) : new Date(0);
    for (;;) {
      const options = after ? { startAfter } : {};
      const id = await boss.send(job.kind, job, { ...options, singletonKey: subject(job) });
      if (id !== null) return;
      if (await bringForward(db, schema, job, startAfter)) return;
    }
  };
  if (handle.kind === "postgres") opening.use(watchAbandoned(db, schema));
  // Nobody else could be alive there.
  else for (const job of await releaseOrphans(db, schema)) await add(job);

  const parts = opening.move();
  return {
    add,

    async schedule(entries) {
      for (const { cron, zone } of entries) checkCron(cron, zone);
      await replaceSchedules(timetable, entries);
    },

    async hasten(job) {
      await bringForward(db, schema, job, new Date(0));
    },

    async work(handlers) {
      if (handlers.schedule !== undefined)
        await boss.work(tick, { ...polling, ...ticking.work }, () => ring(timetable));
      for (const kind of Object.keys(handlers) as Job["kind"][]) {
        const handle = handlers[kind] as (job: Job) => Promise<void>;
        await boss.work<Job>(kind, { ...polling, ...kinds[kind].work }, async ([job]) => {
          if (job === undefined) return;
          try {
            await handle(job.data);
          } catch (error) {
            log.warn(`a ${kind} job failed and is tried again`, {
              error,
              subject: subject(job.data),
            });
            throw error;
          }
        });
      }
    },

    [Symbol.asyncDispose]: () => parts.disposeAsync(),
  };
}

/** pg-boss sends no notification for a job that is tried again, so it is looked for every second. */
const polling = {
  batchSize: 1,
  pollingIntervalSeconds: 1,
  notifyPollingIntervalSeconds: 1,
  heartbeatRefreshSeconds: signSeconds,
};
