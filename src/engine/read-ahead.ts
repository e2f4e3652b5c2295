import type { Page } from "#domain/record.ts";

/** So many pages are asked for ahead, however large they are, … */
const pagesAhead = 3;
/** … and more of small ones; but of large ones no more than fit in here. */
const bytesAhead = 8 * 1024 * 1024;
/** As much of them as is worked on in one go: what takes longer keeps everybody else waiting. */
const bytesTogether = 2 * 1024 * 1024;

export type Reading = {
  /** How many records are worked on together. */
  together(): number;
  /** How long a page waits for those that come right after it; ends when the signal does. */
  moment(signal: AbortSignal): Promise<void>;
  /** Ends the reads that are under way when nobody wants more. */
  close(): void;
};

/**
 * The same records in the same order, read ahead while some are worked on, and as many pages put together
 * as are there or come within a moment: up to `together()` records, so that what costs the same for a page
 * and for ten is paid once. An error comes in its place, after the pages before it.
 */
export async function* readAhead(
  pages: AsyncIterable<Page>,
  { together, moment, close }: Reading,
): AsyncGenerator<Page, void, undefined> {
  const iterator = pages[Symbol.asyncIterator]();
  const there: Page[] = [];
  let changed = Promise.withResolvers<void>();
  const end: { reached: boolean; errors: unknown[] } = { reached: false, errors: [] };
  let closed = false;
  const tell = (): void => {
    changed.resolve();
    changed = Promise.withResolvers();
  };
  const isFull = (): boolean =>
    there.length > 0 &&
    (sum(there, bytesOf) >= bytesAhead ||
      (there.length >= pagesAhead && sum(there, recordsOf) >= together()));

  async function fill(): Promise<void> {
    try {
      for (;;) {
        const next = await iterator.next();
        if (next.done === true) break;
        there.push(next.value);
        tell();
        while (isFull() && !closed) await changed.promise;
        if (closed) break;
      }
    } catch (error) {
      end.errors.push(error);
    }
    end.reached = true;
    tell();
  }

  const isEnough = (): boolean =>
    end.reached ||
    there.length === 0 ||
    sum(there, recordsOf) >= together() ||
    sum(there, bytesOf) >= bytesTogether;

  async function gather(): Promise<void> {
    if (isEnough()) return;
    const waiting = new AbortController();
    let late = false;
    const over = (): void => {
      late = true;
      tell();
    };
    moment(waiting.signal).then(over, over);
    while (!isEnough() && !late) await changed.promise;
    waiting.abort();
  }

  const filling = fill();
  try {
    for (;;) {
      while (there.length === 0 && !end.reached) await changed.promise;
      await gather();
      const first = there.shift();
      if (first === undefined) {
        if (end.errors.length > 0) throw end.errors[0];
        return;
      }
      const some = [first];
      let records = recordsOf(first);
      let bytes = bytesOf(first);
      for (let next = there[0]; next !== undefined; next = there[0]) {
        records += recordsOf(next);
        bytes += bytesOf(next);
        if (records > together() || bytes > bytesTogether) break;
        some.push(...there.splice(0, 1));
      }
      tell();
      yield asOne(some);
    }
  } finally {
    closed = true;
    close();
    tell();
    await filling;
    await iterator.return?.();
  }
}

const recordsOf = ({ records }: Page): number => records.length;
const bytesOf = ({ bytes = 0 }: Page): number => bytes;
const sum = (pages: readonly Page[], of: (page: Page) => number): number =>
  pages.reduce((total, page) => total + of(page), 0);

/** As far as the last of them. */
export function asOne(pages: readonly Page[]): Page {
  const [only, ...others] = pages;
  const last = pages.at(-1);
  if (only === undefined || last === undefined) throw new Error("no page is no page");
  return others.length === 0
    ? only
    : { records: pages.flatMap(({ records }) => records), checkpoint: last.checkpoint };
}
