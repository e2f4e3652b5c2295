import type { Shelf } from "../../collection.ts";

export type Usage = {
  /** Calls of the last 24 hours, of all who use the organisation. */
  used(): number;
  count(calls: number): void;
  max: number;
  /** Behaves as if nothing were left. */
  spent: boolean;
};

const HOUR = 3_600_000;
/** What a Developer Edition has. */
const DAILY = 15_000;

/** How many calls were made, by the hour, so that the oldest fall out one hour at a time. */
export function openUsage(shelf: Shelf): Usage {
  const hours = shelf.collection<number>("calls_by_hour");
  const hourOf = (ms: number) => Math.floor(ms / HOUR);
  const used = () => {
    const since = hourOf(Date.now()) - 24;
    return [...hours.entries()].reduce(
      (sum, [hour, calls]) => (Number(hour) > since ? sum + calls : sum),
      0,
    );
  };
  return {
    max: DAILY,
    spent: false,
    used,
    count(calls) {
      const hour = String(hourOf(Date.now()));
      hours.set(hour, (hours.get(hour) ?? 0) + calls);
      for (const [old] of [...hours.entries()])
        if (Number(old) <= hourOf(Date.now()) - 24) hours.delete(old);
    },
  };
}
