import type { RunId } from "#domain/ids.ts";
import type { Ports } from "./ports.ts";
import { ClosingDown, Paused, Stopped } from "./stopped.ts";

/** Whoever cancels or pauses a run sees it stop within 5 seconds. */
const everyMs = 1_000;
/** Without a sign of life for so long, another worker may take the run: at work within 15 s of a crash. */
export const staleMs = 8_000;

/**
 * Signs of life while a run is worked on; `stop` is aborted once somebody cancels or pauses the run, or
 * this process is to end. The first is given at once: the run may have been cancelled while nobody had it.
 */
export async function startHeart(
  ports: Pick<Ports, "clock" | "runs" | "log" | "closing">,
  run: RunId,
  epoch: number,
): Promise<{ stop: AbortSignal; end(): Promise<void> }> {
  const stop = new AbortController();
  const over = new AbortController();
  const close = (): void => stop.abort(new ClosingDown());
  if (ports.closing.aborted) close();
  ports.closing.addEventListener("abort", close, { once: true });

  async function beat(): Promise<void> {
    try {
      const { cancelled, by, paused } = await ports.runs.beat(run, epoch);
      if (stop.signal.aborted) return;
      if (cancelled) stop.abort(new Stopped(by ?? "somebody"));
      else if (paused !== null) stop.abort(new Paused(paused));
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

  await beat();
  const living = live();
  return {
    stop: stop.signal,
    async end() {
      ports.closing.removeEventListener("abort", close);
      over.abort();
      await living;
    },
  };
}
