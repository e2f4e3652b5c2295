import type { KnownLetter } from "#domain/ports/ledger.ts";
import type { SourceRecord } from "#domain/record.ts";
import type { Claimed } from "./claimed.ts";
import type { Ports } from "./ports.ts";

const atOnce = 100;

/**
 * Records that are to be handled whether they have changed or not: the other half of a run left something of
 * theirs to this one, a person has decided or was asked while the flow still went both ways, or another record
 * was written over theirs at the target. What waits as a dead letter goes its own way.
 */
export async function* owed(
  { ledger }: Pick<Ports, "ledger">,
  { flow, ends, stop }: Claimed,
): AsyncGenerator<readonly SourceRecord[]> {
  for (let after: string | null = null; ;) {
    const keys: readonly string[] = await ledger.owed(flow.name, after, atOnce);
    stop.throwIfAborted();
    const known = await ledger.look(flow.name, keys);
    const free = keys.filter((key) => !isWaiting(known.get(key)?.letter ?? null));
    if (free.length > 0) yield await ends.source.read(free, stop);
    after = keys.at(-1) ?? null;
    if (keys.length < atOnce) return;
  }
}

/** Where it could not be matched, the link it has by now has come from the other side: its reason is gone. */
function isWaiting(letter: KnownLetter | null): boolean {
  if (letter?.state === "open") return letter.unmatched !== true || letter.edited !== undefined;
  return letter?.state === "retrying";
}
