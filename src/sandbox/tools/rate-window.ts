export type RateWindow = {
  /** Counts a request if it still fits; false if it does not, which costs nothing. */
  take(): boolean;
  remaining(): number;
};

/** At most `max` requests in any stretch of `ms` milliseconds. */
export function rateWindow(max: number, ms: number, now: () => number = Date.now): RateWindow {
  let taken: number[] = [];
  const forget = () => {
    const since = now() - ms;
    if ((taken[0] ?? Infinity) <= since) taken = taken.filter((at) => at > since);
  };
  return {
    take() {
      forget();
      if (taken.length >= max) return false;
      taken.push(now());
      return true;
    },
    remaining() {
      forget();
      return max - taken.length;
    },
  };
}
