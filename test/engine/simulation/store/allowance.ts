import type { Allowance } from "#domain/ports/allowance.ts";
import type { FakeClock } from "../../../support/memory/clock.ts";

/** As many calls as anybody wants, until a tool says otherwise; all workers share it. */
export function makeAllowance(clock: FakeClock): Allowance {
  const until = new Map<string, number>();
  return {
    draw({ connection, name }, want) {
      const waitMs = (until.get(`${connection} ${name}`) ?? 0) - clock.ms();
      return Promise.resolve(waitMs > 0 ? { calls: 0, waitMs } : { calls: want, waitMs: 0 });
    },
    closeUntil({ connection, name }, waitMs) {
      const key = `${connection} ${name}`;
      until.set(key, Math.max(until.get(key) ?? 0, clock.ms() + waitMs));
      return Promise.resolve();
    },
  };
}
