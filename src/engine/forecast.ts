import type { References } from "#domain/ports/references.ts";
import type { Page, TargetRecord } from "#domain/record.ts";
import { loadConflicts } from "./asked.ts";
import { foreseenFate, foreseenOpen, idOnceDone, type Forecast } from "./foreseen.ts";
import { takeOutranked } from "./foreseen-outranked.ts";
import type { Half } from "./halves.ts";
import type { Fate, Item } from "./item.ts";
import { makeLook } from "./look.ts";
import { makeMatcher, type Match } from "./matcher.ts";
import { letGo, wideOf, type Open } from "./open.ts";
import { makeRecent } from "./recent.ts";
import { refer } from "./refer.ts";
import { makeReferences, type Bring } from "./references.ts";
import { makeSeen } from "./seen.ts";
import { loadUndecided } from "./undecided.ts";
import { makeWeigh } from "./weigh.ts";

/** What is brought along first, foreseen as well. */
export type FirstBrought = {
  references: References;
  bring: Bring;
  /** Ids made up for what is not there yet: the id at the source. */
  news: ReadonlyMap<string, string>;
};

/** So much of what would have been written is remembered, to see that a record comes again or has a twin. */
const remembered = 100_000;

/**
 * Foresees page by page, by the same steps as a run and in the same order, writing nothing. It remembers
 * what the pages before would have written; what the target would refuse it does not foresee.
 */
export async function makeForecast(
  { ports, direction }: Half,
  first: FirstBrought,
  signal: AbortSignal,
): Promise<(page: Page) => Promise<readonly Forecast[]>> {
  const { flow, ends } = direction;
  const recent = makeRecent();
  // No search will ever show what is not written.
  const target = { ...ends.target, lagMs: Infinity };
  const calling = { ...direction, calls: signal };
  const look = makeLook(ports, direction, await loadUndecided(ports, direction, new Set()));
  const matcher = makeMatcher(ports, { ...calling, ends: { ...ends, target } }, recent);
  const references = makeReferences(first.references, { flow, ends, bring: first.bring });
  const weigh = makeWeigh(direction, () => ports.clock.now());
  const twoWay = flow.twoWay !== null;
  /** What would have been written, by its key: with which content. */
  const done = new Map<string, string>();

  /** Linked in a one-way flow: as the target has it now. One that is gone there is matched anew. */
  async function current(open: readonly Open[]): Promise<ReadonlyMap<string, TargetRecord>> {
    const ids = open.flatMap(({ step }) => (step.kind === "update" ? step.id : []));
    if (twoWay || target.keyed || ids.length === 0) return new Map();
    const now = new Map((await target.read(ids, signal)).map((record) => [record.id, record]));
    for (const each of open) {
      if (each.step.kind !== "update" || each.first === "restore" || now.has(each.step.id))
        continue;
      letGo(each);
      each.step = { kind: "match" };
    }
    return now;
  }

  /** In rounds: of two records that may be the same one the first comes to its fate before the other. */
  async function* matched(open: readonly Open[]): AsyncGenerator<[Open, Match | undefined]> {
    for (let left = open; left.length > 0;) {
      const unlinked = left.filter(({ step }) => step.kind === "match");
      const matches =
        unlinked.length === 0
          ? new Map<string, Match>()
          : await matcher.match(
              unlinked.map(({ item }) => ({ key: item.key, wide: wideOf(item) })),
            );
      const isLater = ({ item }: Open): boolean => matches.get(item.key)?.kind === "later";
      for (const each of left) if (!isLater(each)) yield [each, matches.get(each.item.key)];
      left = left.filter(isLater);
    }
  }

  function took({ item }: Open, id: string): void {
    matcher.took(item.key, () => wideOf(item), { id, version: null, fields: item.fields });
    done.set(item.key, item.content.hash);
    recent.keepNewest(remembered);
    keepNewest(done);
  }

  return async (page) => {
    const { open, settled } = await look(page);
    const fates = new Map<string, Forecast>();
    const settle = (item: Item, fate: Fate): void =>
      void fates.set(item.key, { foreseen: foreseenFate(item, fate), id: idOf(item, fate) });
    for (const { item, fate } of settled) settle(item, fate);
    const fresh = open.filter(({ item }) => done.get(item.key) !== item.content.hash);
    await loadConflicts(ports, direction, fresh);
    const referred = await refer(references, fresh, { settle });
    const seen = makeSeen(calling, ({ item }, fate) => settle(item, fate));
    const left = twoWay ? await seen(referred) : referred;
    const now = await current(left);
    for await (const [each, match] of matched(left)) {
      const foreseen = foreseenOpen(each, { match, now, weigh, twoWay });
      const id = idOnceDone(each, match);
      if (id !== null) took(each, id);
      fates.set(each.item.key, { foreseen, id });
    }
    await takeOutranked(target, left, fates);
    return told(page, fates);
  };
}

/** What comes twice comes to its fate once. */
const told = ({ records }: Page, fates: Map<string, Forecast>): readonly Forecast[] =>
  records.map(({ id: key }) => {
    const fate = fates.get(key);
    fates.delete(key);
    return fate ?? { foreseen: { kind: "unchanged", key }, id: null };
  });

const idOf = ({ known }: Item, fate: Fate): string | null =>
  fate.kind === "unchanged" ? (fate.link?.id ?? known.link?.id ?? null) : null;

function keepNewest(entries: Map<string, unknown>): void {
  for (const oldest of entries.keys()) {
    if (entries.size <= remembered) return;
    entries.delete(oldest);
  }
}
