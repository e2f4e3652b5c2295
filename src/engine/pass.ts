import { MappingBroken } from "#domain/errors.ts";
import type { Json } from "#domain/json.ts";
import { loadConflicts } from "./asked.ts";
import { makeBooks } from "./books.ts";
import { lettersOfABrokenMapping } from "./breaker.ts";
import type { Claimed } from "./claimed.ts";
import { makeCourier } from "./courier.ts";
import { isNews } from "./item.ts";
import { stillInDoubt, type Looked } from "./look.ts";
import { makeMatcher } from "./matcher.ts";
import type { Ports } from "./ports.ts";
import { refer } from "./refer.ts";
import { makeReferences } from "./references.ts";
import type { Telling } from "./telling.ts";
import { makeWeigh } from "./weigh.ts";
import { writePage } from "./write-page.ts";

/** A page of which every record has been brought to its fate, on its way into the store. */
export type Passed = { stored: Promise<void> };

/**
 * Brings the records of a page to their fates; without a checkpoint where no read of the feed brought them.
 * Resolves when all is written; the next page may begin then, and is stored after this one.
 */
export type Pass = (looked: Looked, checkpoint: Json | undefined) => Promise<Passed>;

/** Writes and commits page by page. @throws systemic errors, Fenced */
export function openPass(ports: Ports, claimed: Claimed, telling: Telling): Pass {
  const { ledger } = ports;
  const { breaker, recent } = claimed.carried.ways[claimed.way];
  const matcher = makeMatcher(ports, claimed, recent);
  const weigh = makeWeigh(claimed, () => ports.clock.now());
  const references = makeReferences(ports.references, claimed);
  let before: Promise<void> = Promise.resolve();

  return async ({ read, quiet, open, settled, deals }, checkpoint) => {
    const books = makeBooks(ports, claimed, telling.stored);
    const courier = makeCourier(ports, claimed, matcher);
    for (const { item, fate } of settled) {
      books.settle(item, fate);
      if (fate.kind === "dead" && fate !== stillInDoubt && isNews(item))
        breaker.refused(fate.direction, fate.problem);
    }
    try {
      breaker.check();
      await loadConflicts(ports, claimed, open);
      await writePage(
        { ledger, claimed, matcher, courier, books, weigh, judge: true },
        await refer(references, open, books),
      );
    } catch (error) {
      await before;
      await books.closeEarly(
        error instanceof MappingBroken ? lettersOfABrokenMapping : Infinity,
        courier,
      );
      throw error;
    }
    // Pages are stored in their order, and none after one that could not be.
    await before;
    books.quiet(quiet);
    books.shows(deals);
    matcher.pageWritten();
    before = books.close(read, checkpoint, courier).then(() => matcher.pageStored());
    // Whoever comes next sees the error; until then it must not count as unhandled.
    before.catch(() => undefined);
    return { stored: before };
  };
}
