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

/** Brings the records of a page to their fates; without a checkpoint where no read of the feed brought them. */
export type Pass = (looked: Looked, checkpoint: Json | undefined) => Promise<void>;

/** Writes and commits page by page. @throws systemic errors, Fenced */
export function openPass(ports: Ports, claimed: Claimed, telling: Telling): Pass {
  const { ledger } = ports;
  const { breaker, recent } = claimed.carried.ways[claimed.way];
  const matcher = makeMatcher(ports, claimed, recent);
  const weigh = makeWeigh(claimed, () => ports.clock.now());
  const references = makeReferences(ports.references, claimed);

  return async ({ page, doubled, open, settled }, checkpoint) => {
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
      await books.closeEarly(
        error instanceof MappingBroken ? lettersOfABrokenMapping : Infinity,
        courier.answered,
      );
      throw error;
    }
    books.doubled(doubled);
    await books.close(page.records.length, checkpoint, courier.answered);
    matcher.pageStored();
  };
}
