import type { NewRun } from "#domain/ports/runs.ts";
import type { Run } from "#domain/run.ts";
import type { World } from "../world.ts";

/** A row that says what to do, and a job that says "look there". */
export async function queueRun(
  { runs, queue }: Pick<World, "runs" | "queue">,
  run: NewRun,
  at: Temporal.Instant,
): Promise<{ run: Run; fresh: boolean }> {
  const queued = await runs.queue(run, at);
  await queue.add({ kind: "run", run: queued.run.id });
  return queued;
}
