export type Tier = "tier 1" | "tier 2" | "tier 3" | "tier 4" | "special";

export type Limits = {
  /** chat.postMessage to one channel. */
  messagesPerSecond: number;
  messageBurst: number;
  /** Whether the tiers of the methods hold too. */
  tiers: boolean;
};

export type RateLimits = {
  /** Spends one call; returns the seconds to wait when there is none left. */
  spendCall(method: string, tier: Tier): number | undefined;
  spendMessage(channel: string): number | undefined;
  change(limits: Partial<Limits>): void;
};

/** Calls a minute for each method, from Slack's page on rate limits. */
const perMinute: Record<Tier, number> = {
  "tier 1": 1,
  "tier 2": 20,
  "tier 3": 50,
  "tier 4": 100,
  special: Infinity,
};

type Bucket = { left: number; at: number };

export function makeRateLimits(start: Limits): RateLimits {
  const limits = { ...start };
  const buckets = new Map<string, Bucket>();

  const spend = (key: string, burst: number, perSecond: number): number | undefined => {
    const now = Date.now();
    const before = buckets.get(key) ?? { left: burst, at: now };
    const left = Math.min(burst, before.left + ((now - before.at) / 1000) * perSecond);
    if (left >= 1) {
      buckets.set(key, { left: left - 1, at: now });
      return undefined;
    }
    buckets.set(key, { left, at: now });
    return Math.max(1, Math.ceil((1 - left) / perSecond));
  };

  return {
    spendCall(method, tier) {
      const calls = perMinute[tier];
      if (!limits.tiers || calls === Infinity) return undefined;
      return spend(`method ${method}`, calls, calls / 60);
    },
    spendMessage: (channel) =>
      limits.messagesPerSecond === Infinity
        ? undefined
        : spend(`channel ${channel}`, limits.messageBurst, limits.messagesPerSecond),
    change(changed) {
      Object.assign(limits, changed);
      buckets.clear();
    },
  };
}
