import { RetryLater } from "#domain/errors.ts";
import type { Target } from "#domain/ports/tools.ts";
import type { Clock } from "#domain/ports/world.ts";
import type { Heart } from "./heart.ts";
import { Paused, Stopped } from "./stopped.ts";

/** With the second until the heart finds out, whoever stops work that can wait sees it end within 5. */
const patienceMs = 3_000;

export type Patience = Disposable & {
  /** For what is sent to this target: aborted once somebody has waited long enough for its answer. */
  callsTo(target: Pick<Target, "repeat" | "endpoint">): AbortSignal;
};

/**
 * How long a stop waits for what was sent already. What is not answered by then stays announced, as after
 * a crash: whoever has the flow next asks the target what became of it. From one that cannot say, a pause
 * waits for the answer; who cancels waits for nobody.
 */
export function makePatience(
  { sleep }: Pick<Clock, "sleep">,
  { stop, cancelled }: Pick<Heart, "stop" | "cancelled">,
): Patience {
  const calls = new AbortController();
  const untold = new AbortController();
  const over = new AbortController();

  const lose = (reason: unknown, those: readonly AbortController[]): void =>
    void sleep(patienceMs, over.signal).then(
      () => those.forEach((each) => each.abort(reason)),
      () => undefined,
    );
  function stopped(): void {
    const { reason } = stop as { reason: unknown };
    if (reason instanceof Stopped || reason instanceof Paused) lose(reason, [calls]);
  }
  const cancel = (): void => lose(cancelled.reason, [calls, untold]);
  if (stop.aborted) stopped();
  if (cancelled.aborted) cancel();
  stop.addEventListener("abort", stopped, { once: true });
  cancelled.addEventListener("abort", cancel, { once: true });

  return {
    callsTo: ({ repeat, endpoint }) =>
      repeat === "nothing" || endpoint === true ? untold.signal : calls.signal,
    [Symbol.dispose]() {
      stop.removeEventListener("abort", stopped);
      cancelled.removeEventListener("abort", cancel);
      over.abort();
    },
  };
}

/** However much of a page is left, nothing more of it is sent once somebody has stopped it. */
export const untilStopped = (target: Target, stop: AbortSignal): Target => ({
  ...target,
  send: (...given) =>
    stop.aborted
      ? Promise.reject(new RetryLater("Stopped before it was sent", 1_000))
      : target.send(...given),
});
