import { PerformanceObserver, type PerformanceEntry } from "node:perf_hooks";

type Stretch = { from: number; to: number; ms: number };

/**
 * How long the event loop had nothing for anybody else, at most. Measured by what this thread computed
 * meanwhile and not by the clock, since on a busy machine others take their time too; without the
 * garbage of the test itself.
 */
export function watchBlocking(): { end(): Promise<number> } {
  const long: Stretch[] = [];
  const collected: PerformanceEntry[] = [];
  const observer = new PerformanceObserver((list) => collected.push(...list.getEntries()));
  observer.observe({ entryTypes: ["gc"] });
  let before = process.threadCpuUsage();
  let from = performance.now();
  const look = (): void => {
    const { user, system } = process.threadCpuUsage(before);
    const to = performance.now();
    const ms = (user + system) / 1000;
    if (ms > 20) long.push({ from, to, ms });
    before = process.threadCpuUsage();
    from = to;
  };
  const ticking = setInterval(look, 1);
  return {
    async end() {
      look();
      clearInterval(ticking);
      await new Promise((resolve) => setTimeout(resolve, 20));
      observer.disconnect();
      return Math.max(0, ...long.map((one) => one.ms - garbageIn(one, collected)));
    },
  };
}

const garbageIn = ({ from, to }: Stretch, collected: readonly PerformanceEntry[]): number =>
  collected
    .filter(({ startTime }) => startTime >= from && startTime <= to)
    .reduce((sum, { duration }) => sum + duration, 0);
