import type { Clock } from "#domain/ports/world.ts";

type Timer = { at: number; order: number; wake: () => void };

/**
 * A clock whose time passes only while everybody sleeps: once nothing else is left to do, it jumps to
 * the next wake-up. Same calls, same times.
 */
export type FakeClock = Clock & {
  pass(ms: number): void;
  /** Sets the wall clock forward by so much, or back: no time passes. */
  set(ms: number): void;
  /** The same as `now`, in milliseconds. */
  ms(): number;
};

export function makeFakeClock(start = "2026-11-23T08:00:00Z"): FakeClock {
  let wall = Temporal.Instant.from(start).epochMilliseconds;
  let now = 0;
  let order = 0;
  let timers: Timer[] = [];
  let pumping = false;

  function pump(): void {
    if (pumping) return;
    pumping = true;
    setImmediate(() => {
      pumping = false;
      const [next] = timers.sort((a, b) => a.at - b.at || a.order - b.order);
      if (next === undefined) return;
      timers = timers.filter((timer) => timer !== next);
      now = Math.max(now, next.at);
      next.wake();
      pump();
    });
  }

  return {
    now: () => Temporal.Instant.fromEpochMilliseconds(wall + now),
    ms: () => wall + now,
    elapsed: () => now,
    pass(ms) {
      now += ms;
    },
    set(ms) {
      wall += ms;
    },
    sleep(ms, signal) {
      const { promise, resolve, reject } = Promise.withResolvers<void>();
      if (signal.aborted) return Promise.reject(signal.reason as Error);
      const timer: Timer = { at: now + ms, order: (order += 1), wake: () => end(resolve) };
      const abort = (): void => end(() => reject(signal.reason as Error));
      const end = (settle: () => void): void => {
        signal.removeEventListener("abort", abort);
        timers = timers.filter((other) => other !== timer);
        settle();
      };
      signal.addEventListener("abort", abort);
      timers.push(timer);
      pump();
      return promise;
    },
  };
}
