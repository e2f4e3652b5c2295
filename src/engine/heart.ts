import type { RunId } from "#domain/ids.ts";
import type { Ports } from "./ports.ts";
import { Stopped } from "./stopped.ts";

const everyMs = 5_000;
/** Without a sign of life for so long, another worker may take the run. */
export const staleMs = 30_000;

/** Signs of life while a run is worked on; `stop` is aborted once somebody cancels the run. */
export function startHeart(
  ports: Pick<Ports, "clock" | "runs" | "log">,
  run: RunId,
  epoch: number,
): { stop: AbortSignal; end(): Promise<void> } {
  const stop = new AbortController();
  const over = new AbortController();

  async function beat(): Promise<void> {
    try {
      const { cancelled, by } = await ports.runs.beat(run, epoch);
      if (cancelled && !stop.signal.aborted) stop.abort(new Stopped(by ?? "somebody"));
    } catch (error) {
      // One missed beat is no harm; the next commit finds out if more is wrong.
      ports.log.warn("A sign of life could not be given", { run, error });
    }
  }
  async function live(): Promise<void> {
    while (!over.signal.aborted) {
      try {
        await ports.clock.sleep(everyMs, over.signal);
      } catch {
        return;
      }
      await beat();
    }
  }

  const living = live();
  return {
    stop: stop.signal,
    async end() {
      over.abort();
      await living;
    },
  };
}
