/** How many requests one caller may make: so many at once, and then so many a second. */
export type Pace = { burst: number; perSecond: number };

/** Whoever was not heard of for that many others has as much as anybody new. */
const remembered = 10_000;

export type Rate = {
  /** Whole seconds that this one has to wait, 0 where it may come in; who may is counted. */
  take(caller: string): number;
  /** The same, without being counted. */
  wait(caller: string): number;
};

/** Counts requests by caller. `now` in milliseconds, from wherever. */
export function makeRate({ burst, perSecond }: Pace, now: () => number): Rate {
  const callers = new Map<string, { left: number; at: number }>();
  const waiting = (left: number): number => (left >= 1 ? 0 : Math.ceil((1 - left) / perSecond));

  function leftOf(caller: string, at: number): number {
    const known = callers.get(caller);
    return known === undefined ? burst : Math.min(burst, known.left + ((at - known.at) / 1000) * perSecond); // prettier-ignore
  }

  function take(caller: string): number {
    const at = now();
    const left = leftOf(caller, at);
    callers.delete(caller);
    callers.set(caller, { left: left >= 1 ? left - 1 : left, at });
    const [oldest] = callers.keys();
    if (callers.size > remembered && oldest !== undefined) callers.delete(oldest);
    return waiting(left);
  }

  return { take, wait: (caller) => waiting(leftOf(caller, now())) };
}
