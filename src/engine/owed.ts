import type { SourceRecord } from "#domain/record.ts";
import type { Claimed } from "./claimed.ts";
import { unknownYet } from "./item.ts";
import type { Ports } from "./ports.ts";

const atOnce = 100;

/**
 * Records of a two-way flow that are to be handled whether they have changed or not: the other half of a
 * run left something of theirs to this one, or a person has decided. In a flow that goes one way those about
 * which somebody was asked while it went both ways. What waits as a dead letter goes its own way.
 */
export async function* owed(
  { ledger }: Pick<Ports, "ledger">,
  { flow, ends, stop }: Claimed,
): AsyncGenerator<readonly SourceRecord[]> {
  for (let after: string | null = null; ;) {
    const keys: readonly string[] = await ledger.owed(flow.name, after, atOnce);
    stop.throwIfAborted();
    const known = await ledger.look(flow.name, keys);
    const free = keys.filter((key) => {
      const { letter, link } = known.get(key) ?? unknownYet;
      return !isWaiting(letter?.state) && (flow.twoWay !== null || link?.back != null);
    });
    if (free.length > 0) yield await ends.source.read(free, stop);
    after = keys.at(-1) ?? null;
    if (keys.length < atOnce) return;
  }
}

const isWaiting = (state: string | undefined): boolean => state === "open" || state === "retrying";
