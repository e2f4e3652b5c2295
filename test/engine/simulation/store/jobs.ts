import type { Job, Queue } from "#domain/ports/queue.ts";
import type { FakeClock } from "../../../support/memory/clock.ts";

export type SimJob = Extract<Job, { kind: "run" | "event" | "published" }>;
type Waiting = { job: SimJob; due: number };
/** Without a sign of life for so long, a job goes to another worker. */
const heartbeatMs = 12_000;

export const textOf = (job: SimJob): string =>
  job.kind === "run" ? `run ${job.run}` : job.kind === "event" ? `event ${job.flow}` : job.kind;

/** The queue in memory: one job of a subject at a time, and what a worker that is gone had comes again. */
export function makeJobs(clock: FakeClock) {
  let waiting: Waiting[] = [];
  const held = new Map<number, { job: SimJob; lostAt: number | null }>();
  let changed = Promise.withResolvers<void>();
  const now = (): number => clock.ms();
  const change = (): void => {
    changed.resolve();
    changed = Promise.withResolvers<void>();
  };
  const isHeld = (job: SimJob): boolean =>
    [...held.values()].some((other) => other.lostAt === null && textOf(other.job) === textOf(job));

  function add(job: SimJob, due = now()): void {
    if (waiting.some((other) => textOf(other.job) === textOf(job) && other.due <= due)) return;
    waiting = [...waiting.filter((other) => textOf(other.job) !== textOf(job)), { job, due }];
    change();
  }

  return {
    add,
    queue: {
      add(job, after) {
        if (job.kind === "run" || job.kind === "event" || job.kind === "published") add(job, after?.epochMilliseconds); // prettier-ignore
        return Promise.resolve();
      },
      schedule: () => Promise.resolve(),
    } satisfies Queue,
    /** One that waits does so no longer. */
    hasten(job: SimJob): void {
      if (waiting.some((other) => textOf(other.job) === textOf(job))) add(job);
    },
    /** The next one that is due, for this worker. */
    take(worker: number): SimJob | null {
      const due = waiting.filter((one) => one.due <= now() && !isHeld(one.job));
      const [first] = due.sort((a, b) => a.due - b.due);
      if (first === undefined) return null;
      waiting = waiting.filter((one) => one !== first);
      held.set(worker, { job: first.job, lostAt: null });
      return first.job;
    },
    done(worker: number): void {
      held.delete(worker);
      change();
    },
    /** The worker gives no sign of life any more: its job comes again a little later. */
    lost(worker: number): void {
      const one = held.get(worker);
      if (one === undefined || one.lostAt !== null) return;
      held.set(worker, { ...one, lostAt: now() });
      add(one.job, now() + heartbeatMs);
      change();
    },
    /** When the next one that nobody has in hand is due; null where there is none. */
    nextDue(): number | null {
      const free = waiting.filter(({ job }) => !isHeld(job));
      return free.length === 0 ? null : Math.min(...free.map(({ due }) => due));
    },
    changed: () => changed.promise,
    /** Whoever waits for a job looks up. */
    nudge: change,
    isEmpty: (): boolean => waiting.length === 0 && ![...held.values()].some(({ lostAt }) => lostAt === null), // prettier-ignore
  };
}
export type Jobs = ReturnType<typeof makeJobs>;
