import type { FlowName } from "#domain/ids.ts";
import type { Known, Ledger } from "#domain/ports/ledger.ts";

/**
 * The ledger of a flow to the hub or from there: what it does not know the flow that goes the other way may
 * know, and what it stores is stored for that one too, seen from its end.
 */
export function spokeLedger(ledger: Ledger, counters: readonly FlowName[]): Ledger {
  if (counters.length === 0) return ledger;

  /** With what the others know of those that have no link here. */
  async function completed(
    keys: readonly string[],
    own: ReadonlyMap<string, Known>,
  ): Promise<ReadonlyMap<string, Known>> {
    const known = new Map(own);
    for (const counter of counters) {
      const missing = keys.filter((key) => known.get(key)?.link == null);
      const found = missing.length === 0 ? [] : await ledger.back.look(counter, missing);
      for (const [key, { link }] of found)
        if (link !== null) known.set(key, { letter: known.get(key)?.letter ?? null, link });
    }
    return known;
  }

  return {
    ...ledger,
    look: async (flow, keys) => completed(keys, await ledger.look(flow, keys)),
    async compare(flow, contents) {
      const { same, known } = await ledger.compare(flow, contents);
      const others = [...contents.keys()].filter((key) => !same.has(key));
      return { same, known: await completed(others, known) };
    },
    async linkedTo(flow, ids) {
      const owners = [];
      for (const counter of counters) owners.push(...(await ledger.back.linkedTo(counter, ids)));
      return new Map([...owners, ...(await ledger.linkedTo(flow, ids))]);
    },
    commit: (page) => ledger.commit({ ...page, mirrors: counters }),
  };
}
