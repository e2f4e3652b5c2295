import type { QueueOptions, WorkOptions } from "pg-boss";
import type { Job } from "#domain/ports/queue.ts";

/** The longest that pg-boss lets a job take. */
const day = 24 * 3600;

type Way = { queue: QueueOptions; work: WorkOptions };

/**
 * How the jobs of each kind are run. A worker that gives no sign of life loses its job to another
 * (`abandoned.ts`; by pg-boss alone after `heartbeatSeconds`, of which 10 is the least it takes); what it
 * still does is void by the run's epoch.
 */
export const kinds: Record<Job["kind"], Way> = {
  run: { queue: persistent(day), work: { localConcurrency: 4 } },
  outbox: { queue: persistent(600), work: { localConcurrency: 1 } },
  event: { queue: persistent(600), work: { localConcurrency: 2 } },
  published: { queue: persistent(600), work: { localConcurrency: 1 } },
  deliver: { queue: persistent(600), work: { localConcurrency: 1 } },
  schedule: { queue: persistent(600), work: { localConcurrency: 2 } },
  digest: { queue: persistent(600), work: { localConcurrency: 1 } },
  approval: { queue: persistent(600), work: { localConcurrency: 1 } },
  failures: { queue: persistent(600), work: { localConcurrency: 1 } },
  expiry: { queue: persistent(600), work: { localConcurrency: 1 } },
  watch: { queue: persistent(3600), work: { localConcurrency: 1 } },
};

/** How we look what is due. */
export const ticking: Way = { queue: persistent(600), work: { localConcurrency: 1 } };

/** Tried again until it goes through: the rows in the store say when there is nothing left to do. */
function persistent(expireInSeconds: number): QueueOptions {
  return {
    expireInSeconds,
    heartbeatSeconds: 10,
    retryLimit: 1_000_000,
    retryDelay: 1,
    retryBackoff: true,
    retryDelayMax: 60,
    deleteAfterSeconds: 3600,
  };
}
