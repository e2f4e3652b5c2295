/**
 * The marks of a set of acts that a person may have let through, so that nothing else passes with it:
 * eight bytes an act, and only while an approved run is on its way.
 */
export type LetThrough = {
  add(mark: bigint): void;
  size(): number;
  /** Forgets all that came after the first `size`. */
  cut(size: number): void;
  sealed(): { has(mark: bigint): boolean };
};

const bits = 53;
/** As much of a mark as a number holds exactly. */
const short = (mark: bigint): number => Number(BigInt.asUintN(bits, mark));

export function letThrough(): LetThrough {
  const marks: number[] = [];
  return {
    add: (mark) => void marks.push(short(mark)),
    size: () => marks.length,
    cut: (size) => void (marks.length = Math.min(marks.length, size)),
    sealed() {
      const sorted = Float64Array.from(marks).sort();
      return { has: (mark) => holds(sorted, short(mark)) };
    },
  };
}

function holds(sorted: Float64Array, wanted: number): boolean {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sorted[middle] ?? Infinity) < wanted) low = middle + 1;
    else high = middle;
  }
  return sorted[low] === wanted;
}
