import type { Target } from "#domain/ports/tools.ts";
import type { Clock } from "#domain/ports/world.ts";
import { Paused, Stopped } from "./stopped.ts";

/** With the second until the heart finds out, whoever stops a bulk retry sees it end within 5. */
const patienceMs = 3_000;

export type Patience = Disposable & {
  /** For what is sent to this target: aborted once somebody has waited long enough for its answer. */
  callsTo(target: Pick<Target, "repeat" | "endpoint">): AbortSignal;
};

/**
 * How long a stop waits for what was sent already. What is not answered by then stays announced, as after
 * a crash: whoever has the flow next asks the target what became of it. From one that cannot say, the
 * answer is waited for.
 */
export function makePatience({ sleep }: Pick<Clock, "sleep">, stop: AbortSignal): Patience {
  const calls = new AbortController();
  const over = new AbortController();
  const forEver = new AbortController().signal;

  function stopped(): void {
    const { reason } = stop as { reason: unknown };
    if (!(reason instanceof Stopped) && !(reason instanceof Paused)) return;
    sleep(patienceMs, over.signal).then(
      () => calls.abort(reason),
      () => undefined,
    );
  }
  if (stop.aborted) stopped();
  stop.addEventListener("abort", stopped, { once: true });

  return {
    callsTo: ({ repeat, endpoint }) =>
      repeat === "nothing" || endpoint === true ? forEver : calls.signal,
    [Symbol.dispose]() {
      stop.removeEventListener("abort", stopped);
      over.abort();
    },
  };
}
