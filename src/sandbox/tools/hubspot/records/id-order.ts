export type IdOrder = {
  add(id: string): void;
  remove(id: string): void;
  /** Ids above this one, in order; all of them after null. */
  above(id: string | null): Generator<string>;
};

/** Numeric ids in order, so that a list can go on after any of them. */
export function openIdOrder(ids: Iterable<string>): IdOrder {
  const sorted = [...ids].map(Number).sort((a, b) => a - b);

  function firstAbove(value: number): number {
    let low = 0;
    let high = sorted.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((sorted[middle] ?? Infinity) <= value) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  return {
    add: (id) => void sorted.splice(firstAbove(Number(id)), 0, Number(id)),
    remove(id) {
      const at = firstAbove(Number(id)) - 1;
      if (sorted[at] === Number(id)) sorted.splice(at, 1);
    },
    *above(id) {
      for (let at = id === null ? 0 : firstAbove(Number(id)); at < sorted.length; at += 1) {
        yield String(sorted[at]);
      }
    },
  };
}
