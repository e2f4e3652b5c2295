/** Two tools' clocks may differ by so much; within it nobody can say which change came last. */
const skewMs = 60_000;

/** Which of two instants, as their tools told them, is later; null where that cannot be told. */
export function newer(
  mine: string | null | undefined,
  other: string | null | undefined,
): "mine" | "other" | null {
  const [a, b] = [at(mine), at(other)];
  if (a === null || b === null || Math.abs(a - b) <= skewMs) return null;
  return a > b ? "mine" : "other";
}

function at(instant: string | null | undefined): number | null {
  try {
    return Temporal.Instant.from(String(instant)).epochMilliseconds;
  } catch {
    return null;
  }
}
