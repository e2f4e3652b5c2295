/**
 * The same pages in the same order, with up to `ahead` of them asked for while one is worked on. An
 * error comes in its place, after the pages before it. `close` ends the reads that are under way when
 * nobody wants more.
 */
export async function* readAhead<Page>(
  pages: AsyncIterable<Page>,
  ahead: number,
  close: () => void,
): AsyncGenerator<Page, void, undefined> {
  const iterator = pages[Symbol.asyncIterator]();
  const asked: Promise<IteratorResult<Page>>[] = [];
  let last: Promise<unknown> = Promise.resolve();
  const ask = (): void => {
    const next = last.then(() => iterator.next());
    // Whoever takes it sees the error; until then it must not count as unhandled.
    next.catch(() => undefined);
    last = next;
    asked.push(next);
  };
  try {
    for (let n = 0; n <= ahead; n += 1) ask();
    for (;;) {
      const result = await asked.shift();
      if (result === undefined || result.done === true) return;
      ask();
      yield result.value;
    }
  } finally {
    close();
    await last.catch(() => undefined);
    await iterator.return?.();
  }
}
