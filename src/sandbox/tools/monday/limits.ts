import { FieldFailure, type Shown } from "./graphql/execute.ts";
import { tooMany } from "./failures.ts";

export type Plan = "standard" | "pro" | "enterprise";
export const plans: Record<Plan, { minute: number; atOnce: number; day: number }> = {
  standard: { minute: 1000, atOnce: 40, day: 1000 },
  pro: { minute: 2500, atOnce: 100, day: 10_000 },
  enterprise: { minute: 5000, atOnce: 250, day: 25_000 },
};

const MINUTE = 60_000;
const MOST_IN_ONE = 5_000_000;
const BOARDS = 40;
const REFUSED = 0.1;

export type Limits = {
  on: boolean;
  plan: Plan;
  /** Complexity a minute: ten million for a personal token; an app has half for reads and half for writes. */
  budget: number;
  mirrorsPerMinute: number;
  /** The day's calls are used up. */
  spent: boolean;
  limited: number;
  /** Before anything is read: throws where there were too many calls. Gives the call back when it is over. */
  enter(): () => void;
  /** Before it runs: throws where it weighs too much, in itself or for this minute. */
  spend(pool: string, weight: number): Shown;
  countMirror(): void;
  countNewBoard(): void;
  headers(pool: string): Record<string, string>;
};

/** Calls by minute, at once and by day (UTC), complexity by minute, and what else monday counts by itself. */
export function openLimits(on: boolean, now: () => number = Date.now): Limits {
  const calls = window(now);
  const mirrors = window(now);
  const boards = window(now);
  const pools = new Map<string, ReturnType<typeof window>>();
  let today = { day: 0, calls: 0 };
  let open = 0;

  const poolOf = (name: string) => {
    const pool = pools.get(name) ?? window(now);
    pools.set(name, pool);
    return pool;
  };
  const budgetOf = (pool: string) => (pool === "personal" ? limits.budget : limits.budget / 2);

  function refuse(error: FieldFailure): never {
    limits.limited += 1;
    today.calls -= 1 - REFUSED;
    throw error;
  }

  function countToday(): number {
    const day = Math.floor(now() / 86_400_000);
    if (today.day !== day) today = { day, calls: 0 };
    return (today.calls += 1);
  }

  const limits: Limits = {
    on,
    plan: "pro",
    budget: 10_000_000,
    mirrorsPerMinute: 10_000,
    spent: false,
    limited: 0,

    enter() {
      const { minute, atOnce, day } = plans[limits.plan];
      const used = countToday();
      if (limits.spent || (limits.on && used > day))
        refuse(tooMany("DAILY_LIMIT_EXCEEDED", "Daily limit exceeded", untilMidnight(now())));
      if (limits.on) {
        if (calls.sum() >= minute) refuse(tooMany("RATE_LIMIT_EXCEEDED", "Minute limit rate exceeded", calls.secondsLeft())); // prettier-ignore
        if (open >= atOnce) refuse(tooMany("maxConcurrencyExceeded", "Max concurrency exceeded", 1)); // prettier-ignore
      }
      calls.add(1);
      open += 1;
      return () => void (open -= 1);
    },

    spend(name, weight) {
      const pool = poolOf(name);
      const before = Math.max(0, budgetOf(name) - pool.sum());
      if (limits.on && weight > MOST_IN_ONE)
        refuse(new FieldFailure("maxComplexityExceeded", `Query has complexity of ${String(weight)}, which exceeds max complexity of ${String(MOST_IN_ONE)}`, { code: "maxComplexityExceeded", status_code: 200, error_data: {} })); // prettier-ignore
      if (limits.on && weight > before) {
        const seconds = pool.secondsLeft();
        const error = tooMany("COMPLEXITY_BUDGET_EXHAUSTED", "Complexity budget exhausted", seconds); // prettier-ignore
        Object.assign(error.extensions, { complexity: weight, complexity_budget_left: before, complexity_budget_limit: budgetOf(name) }); // prettier-ignore
        refuse(error);
      }
      pool.add(weight);
      return { query: weight, before, after: Math.max(0, before - weight), reset_in_x_seconds: pool.secondsLeft() }; // prettier-ignore
    },

    countMirror() {
      if (limits.on && mirrors.sum() >= limits.mirrorsPerMinute) {
        limits.limited += 1;
        throw tooMany("FIELD_MINUTE_RATE_LIMIT_EXCEEDED", "Field minute limit exceeded", mirrors.secondsLeft()); // prettier-ignore
      }
      mirrors.add(1);
    },

    countNewBoard() {
      if (limits.on && boards.sum() >= BOARDS) {
        limits.limited += 1;
        throw tooMany("RATE_LIMIT_EXCEEDED", "Create board limit exceeded", boards.secondsLeft());
      }
      boards.add(1);
    },

    headers(name) {
      const { minute, atOnce } = plans[limits.plan];
      const pool = poolOf(name);
      const left = Math.max(0, budgetOf(name) - pool.sum());
      return {
        "ratelimit-policy": `"minuteRate";q=${String(minute)};w=60, "concurrency";q=${String(atOnce)};qu="concurrent-requests", "complexityMinute";q=${String(budgetOf(name))};w=60;qu="content-bytes"`,
        ratelimit: `"minuteRate";r=${String(Math.max(0, minute - calls.sum()))}, "concurrency";r=${String(Math.max(0, atOnce - open))}, "complexityMinute";r=${String(left)};t=${String(pool.secondsLeft())}`,
      };
    },
  };
  return limits;
}

const untilMidnight = (at: number): number => Math.ceil((86_400_000 - (at % 86_400_000)) / 1000);

/** Amounts within the last minute. */
function window(now: () => number) {
  const entries: { at: number; amount: number }[] = [];
  let total = 0;
  return {
    add(amount: number): void {
      entries.push({ at: now(), amount });
      total += amount;
    },
    sum(): number {
      const since = now() - MINUTE;
      while ((entries[0]?.at ?? Infinity) <= since) total -= entries.shift()?.amount ?? 0;
      return total;
    },
    /** Until the oldest of them is a minute ago. */
    secondsLeft(): number {
      const oldest = entries[0]?.at ?? now();
      return Math.max(1, Math.ceil((oldest + MINUTE - now()) / 1000));
    },
  };
}
