import * as real from "#queue/queue.ts";
import { sighted, through } from "./trap.ts";

export * from "#queue/queue.ts";

/** The real queue, in which a worker may die between the end of a job and the note that it is done. */
export async function openQueue(
  ...given: Parameters<typeof real.openQueue>
): Promise<real.OpenQueue> {
  const queue = await real.openQueue(...given);
  return {
    ...queue,
    work: (handlers) =>
      queue.work(
        handlers.run === undefined ? handlers : { ...handlers, run: watched(handlers.run) },
      ),
    [Symbol.asyncDispose]: () => queue[Symbol.asyncDispose](),
  };
}

const watched =
  (run: real.Handlers["run"]): real.Handlers["run"] =>
  async (job) => {
    sighted({ what: "took", run: job.run });
    await run(job);
    sighted({ what: "left", run: job.run });
    completing();
  };

/** Before the queue is told, while it is, and once it knows. */
function completing(): void {
  void through(["completion"], () => new Promise((resolve) => setTimeout(resolve, 25)));
}
