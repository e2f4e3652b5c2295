import type { Job } from "#domain/ports/queue.ts";

/** What a job is about: of one subject one job runs and one waits. */
export function subject(job: Job): string {
  switch (job.kind) {
    case "run":
      return job.run;
    case "schedule":
    case "event":
      return job.flow;
    case "approval":
      return job.approval;
    case "outbox":
    case "published":
    case "deliver":
    case "digest":
    case "expiry":
    case "failures":
    case "watch":
      return job.kind;
    default:
      return job satisfies never;
  }
}
