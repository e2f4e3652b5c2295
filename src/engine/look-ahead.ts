import type { Page } from "#domain/record.ts";
import type { Looked } from "./look.ts";
import { mergedWith } from "./merged.ts";

/**
 * The pages, looked at, and each of them while the one before it is worked on: looking is mostly waiting for
 * the ledger. Not where the two have a record in common, nor where `mayGoAhead` says no: what the first
 * one writes may be what the second is to find. `close` ends the read that is under way when nobody wants more.
 */
export async function* lookAhead(
  pages: AsyncIterable<Page>,
  look: (page: Page) => Promise<Looked>,
  { mayGoAhead, close }: { mayGoAhead: boolean; close: () => void },
): AsyncGenerator<Looked, void, undefined> {
  const reading = pages[Symbol.asyncIterator]();

  /** The next page; looked at already if it has nothing to do with the one in hand. */
  async function following(inHand: Page): Promise<Following> {
    const { done, value: page } = await reading.next();
    if (done === true) return null;
    const looked = mayGoAhead && isApart(page, inHand) ? await look(page) : null;
    return { page, looked };
  }

  let next = following(nothing);
  try {
    for (;;) {
      const found = await next;
      if (found === null) return;
      const looked = found.looked ?? (await look(found.page));
      next = following(found.page);
      // Whoever comes for it sees the error; until then it must not count as unhandled.
      next.catch(() => undefined);
      yield looked;
    }
  } finally {
    close();
    await next.catch(() => undefined);
    await reading.return?.();
  }
}

type Following = { page: Page; looked: Looked | null } | null;

const nothing: Page = { records: [], checkpoint: null };

function isApart({ records }: Page, inHand: Page): boolean {
  const keys = new Set(inHand.records.map(({ id }) => id));
  return !records.some((record) => keys.has(record.id) || mergedWith(record).length > 0);
}
