import { Overtaken } from "#domain/errors.ts";
import type { FlowName } from "#domain/ids.ts";
import type { Link } from "#domain/link.ts";
import type { Known, Ledger, PageOutcome } from "#domain/ports/ledger.ts";
import { between, isVoid } from "./between.ts";

/** Of more than those nobody remembers what they were when they were looked at: pages in hand are smaller. */
const mostSeen = 50_000;

/**
 * The ledger of a flow to the hub or from there: what it does not know the flow that goes the other way may
 * know, and what it stores is stored for that one too, seen from its end.
 */
export function spokeLedger(ledger: Ledger, counters: readonly FlowName[]): Ledger {
  if (counters.length === 0) return ledger;
  /** Links as they were when this run looked at them, until it stores them; `own`: this flow had it itself. */
  const seen = new Map<string, { link: Link | null; own: boolean }>();
  const remember = (
    keys: Iterable<string>,
    own: ReadonlyMap<string, Known>,
    known: ReadonlyMap<string, Known>,
  ): ReadonlyMap<string, Known> => {
    for (const key of keys) {
      seen.delete(key);
      seen.set(key, { link: known.get(key)?.link ?? null, own: own.get(key)?.link != null });
      const [oldest] = seen.keys();
      if (seen.size > mostSeen && oldest !== undefined) seen.delete(oldest);
    }
    return known;
  };

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

  /** Those that the other flow stored meanwhile are stored so that neither forgets anything. */
  async function linksOf({ flow, links }: PageOutcome): Promise<readonly Link[]> {
    const keys = links.map(({ key }) => key).filter((key) => seen.has(key));
    if (keys.length === 0) return links;
    const known = await ledger.look(flow, keys);
    return links.flatMap((link) => {
      const before = seen.get(link.key);
      const now = known.get(link.key)?.link ?? null;
      if (before === undefined) return link;
      return before.own && isVoid(link, before.link, now) ? [] : between(link, before.link, now);
    });
  }

  /** Anew as long as the other flow stores something between the look and this. */
  async function commit(page: PageOutcome): Promise<void> {
    const mirrors = { flows: counters, seen: await ledger.mirrored(page.flow) };
    try {
      await ledger.commit({ ...page, links: await linksOf(page), mirrors });
    } catch (error) {
      if (error instanceof Overtaken) return commit(page);
      throw error;
    }
    for (const { key } of page.links) seen.delete(key);
  }

  return {
    ...ledger,
    async look(flow, keys) {
      const own = await ledger.look(flow, keys);
      return remember(keys, own, await completed(keys, own));
    },
    async compare(flow, contents) {
      const { same, known } = await ledger.compare(flow, contents);
      const others = [...contents.keys()].filter((key) => !same.has(key));
      return { same, known: remember(others, known, await completed(others, known)) };
    },
    async linkedTo(flow, ids) {
      const owners = [];
      for (const counter of counters) owners.push(...(await ledger.back.linkedTo(counter, ids)));
      return new Map([...owners, ...(await ledger.linkedTo(flow, ids))]);
    },
    commit,
  };
}
