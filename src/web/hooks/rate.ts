/** How many requests one caller may make: so many at once, and then so many a second. */
export type Pace = { burst: number; perSecond: number };

/** Whoever was not heard of for that many others has as much as anybody new. */
const remembered = 10_000;

/**
 * Counts requests by caller. Returns the whole seconds that this one has to wait, 0 where it may come in.
 * `now` in milliseconds, from wherever.
 */
export function makeRate({ burst, perSecond }: Pace, now: () => number) {
  const callers = new Map<string, { left: number; at: number }>();
  return (caller: string): number => {
    const at = now();
    const known = callers.get(caller) ?? { left: burst, at };
    const left = Math.min(burst, known.left + ((at - known.at) / 1000) * perSecond);
    callers.delete(caller);
    callers.set(caller, { left: left >= 1 ? left - 1 : left, at });
    const [oldest] = callers.keys();
    if (callers.size > remembered && oldest !== undefined) callers.delete(oldest);
    return left >= 1 ? 0 : Math.ceil((1 - left) / perSecond);
  };
}
