import type { ConnectionName } from "#domain/ids.ts";
import type { Allowance, Bucket } from "#domain/ports/allowance.ts";
import type { Clock } from "#domain/ports/world.ts";
import { RetryLater } from "#domain/errors.ts";
import type { Manifest } from "../manifest/manifest.ts";

/** Longer than this nobody sleeps: the run parks and says so. */
export const longestNap = 10_000;

export type Limits = {
  /**
   * Waits until the request may be sent; null stands for the usual buckets.
   * @throws RetryLater when that would take long
   */
  take(names: readonly string[] | null, signal: AbortSignal): Promise<void>;
  /**
   * The same for work that may have half of it, drawn from a share that all such work has together. What
   * it sends is drawn with `take` as well.
   */
  takeHalf(names: readonly string[] | null, signal: AbortSignal): Promise<void>;
  /** The tool said when to come back. */
  close(names: readonly string[] | null, waitMs: number): Promise<void>;
};

/** Calls drawn from the shared bucket and not used yet. */
type Drawn = { bucket: Bucket; calls: number; until: number; drawing?: Promise<number> | null };

/** Rate limits of one connection: drawn in small shares, so that most requests ask nobody. */
export function openLimits(
  connection: ConnectionName,
  { buckets, usual }: Pick<Manifest["limits"], "buckets" | "usual">,
  { allowance, clock }: { allowance: Allowance; clock: Clock },
): Limits {
  const whole = Object.entries(buckets).map(([name, { calls, per }]) => ({
    connection,
    name,
    calls,
    perMs: per,
  }));
  const shares = new Map(
    whole.map((bucket): [string, Drawn] => [bucket.name, { bucket, calls: 0, until: 0 }]),
  );
  const halves = new Map(
    whole.map((bucket): [string, Drawn] => {
      const half = { ...bucket, ...halfOf(bucket), name: `${bucket.name}/half` };
      return [bucket.name, { bucket: half, calls: 0, until: 0 }];
    }),
  );
  const named = (names: readonly string[] | null, from = shares) =>
    (names ?? usual).flatMap((name) => from.get(name) ?? []);

  /** How long until this bucket has a call for us; zero when it has one in hand. */
  const refill = async (share: Drawn): Promise<number> => {
    if (share.calls > 0 && clock.now().epochMilliseconds < share.until) return 0;
    // Each who waits would have a draw of its own in hand, and spend of it in the next span.
    share.drawing ??= draw(share).finally(() => (share.drawing = null));
    return share.drawing;
  };

  async function draw(share: Drawn): Promise<number> {
    const { bucket } = share;
    const now = clock.now().epochMilliseconds;
    const got = await allowance.draw(bucket, Math.max(1, Math.floor(bucket.calls / 20)));
    share.calls = got.calls;
    share.until = now + bucket.perMs;
    return share.calls > 0 ? 0 : Math.max(1, got.waitMs);
  }

  /** Nearly always there is enough in hand, and nobody has to wait. */
  const isInHand = (shares: readonly Drawn[]): boolean => {
    const now = clock.now().epochMilliseconds;
    return shares.every(({ calls, until }) => calls > 0 && now < until);
  };

  async function take(shares: readonly Drawn[], signal: AbortSignal): Promise<void> {
    while (!isInHand(shares)) {
      const waits = await Promise.all(shares.map(refill));
      const wait = Math.max(0, ...waits);
      if (wait === 0 && shares.every(({ calls }) => calls > 0)) break;
      if (wait > longestNap) throw new RetryLater("The allowance is used up for now", wait);
      await clock.sleep(Math.max(1, wait), signal);
    }
    for (const share of shares) share.calls--;
  }

  return {
    take: (names, signal) => take(named(names), signal),
    takeHalf: (names, signal) => take(named(names, halves), signal),
    async close(names, waitMs) {
      const shares = named(names);
      for (const share of shares) share.calls = 0;
      await Promise.all(shares.map(({ bucket }) => allowance.closeUntil(bucket, waitMs)));
    },
  };
}

/** Half of a single call is one in twice the time. */
export const halfOf = ({ calls, perMs }: Pick<Bucket, "calls" | "perMs">) => ({
  calls: Math.max(1, Math.floor(calls / 2)),
  perMs: calls < 2 ? perMs * 2 : perMs,
});
