import type { Compared, Ledger } from "#domain/ports/ledger.ts";
import type { Claimed } from "./claimed.ts";

type Compare = Pick<Ledger, "compare">;

/**
 * The look-ups of a run. Where nothing was known of any record when it began, nothing is known of one that is
 * asked for the first time, and the store need not be: nobody but this run stores anything for the flow. Not for
 * flows with a second side, which others link as well.
 */
export async function firstRun(
  ledger: Pick<Ledger, "compare" | "isNew">,
  { flow, spoke }: Pick<Claimed, "flow" | "spoke">,
): Promise<Compare> {
  if (flow.twoWay !== null || spoke !== null || !(await ledger.isNew(flow.name))) return ledger;
  const asked = makeAsked();
  return {
    async compare(name, contents) {
      const again = new Map([...contents].filter(([key]) => asked(key)));
      return again.size === 0 ? nothingKnown : ledger.compare(name, again);
    },
  };
}

const nothingKnown: Compared = { same: new Set(), known: new Map() };

/** 4 MiB of bits: of a million keys one in some five thousand is taken for asked, and looked up for nothing. */
const bits = 2 ** 25;
const spots = 4;

/** Whether a key was asked for before, and never no where it was: a Bloom filter. */
function makeAsked(): (key: string) => boolean {
  const field = new Uint32Array(bits / 32);
  return (key) => {
    let all = true;
    const first = mixed(key);
    const step = Math.imul(first ^ (first >>> 15), 0x2c1b3c6d) | 1;
    for (let n = 0; n < spots; n += 1) {
      const spot = (first + Math.imul(n, step)) >>> 0;
      const at = (spot % bits) >>> 5;
      const bit = 1 << (spot & 31);
      const there = field[at] ?? 0;
      all &&= (there & bit) !== 0;
      field[at] = there | bit;
    }
    return all;
  };
}

/** FNV-1a over the UTF-16 units (draft-eastlake-fnv). */
function mixed(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1)
    hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return hash;
}
