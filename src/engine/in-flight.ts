/**
 * Works through the items, at most `limit` at a time. After the first error nothing new begins, what
 * is in flight ends, `untouched` is told what never began, and the error is thrown.
 */
export async function inFlight<Item>(
  limit: number,
  items: readonly Item[],
  work: (item: Item) => Promise<void>,
  untouched: (item: Item) => void,
): Promise<void> {
  const errors: unknown[] = [];
  let next = 0;
  const lane = async (): Promise<void> => {
    while (errors.length === 0) {
      const item = items[next];
      if (item === undefined) return;
      next += 1;
      try {
        await work(item);
      } catch (error) {
        errors.push(error);
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(Math.max(1, limit), items.length) }, lane));
  if (errors.length === 0) return;
  items.slice(next).forEach(untouched);
  throw errors[0];
}

/** The items in their order, at most `size` at a time; a size below one counts as one. */
export function* batches<Item>(items: readonly Item[], size: number): Generator<readonly Item[]> {
  const step = Math.max(1, size);
  for (let start = 0; start < items.length; start += step) yield items.slice(start, start + step);
}
