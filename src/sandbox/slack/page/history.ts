const key = "tieline-sandbox-history";
const most = 100;

/** Which of the lines sent earlier stands in the composer. */
export type Recalled = { lines: string[]; at: number };

/** The lines this person sent, oldest first. */
function sentLines(): string[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(key) ?? "[]");
    return Array.isArray(kept) ? kept.filter((line) => typeof line === "string") : [];
  } catch {
    return [];
  }
}

/** Remembers a line, the last of equal ones. */
export function rememberLine(line: string): void {
  const lines = [...sentLines().filter((other) => other !== line), line].slice(-most);
  localStorage.setItem(key, JSON.stringify(lines));
}

/**
 * The line before or after the one recalled, as the arrows ask; undefined when there is none, or when
 * the person is typing something of their own.
 */
export function recall(
  from: Recalled | undefined,
  text: string,
  step: -1 | 1,
): { text: string; recalled: Recalled | undefined } | undefined {
  if (!from && (step > 0 || text !== "")) return undefined;
  const lines = from?.lines ?? sentLines();
  const at = (from?.at ?? lines.length) + step;
  if (at < 0 || at > lines.length) return undefined;
  const line = lines[at];
  return line === undefined
    ? { text: "", recalled: undefined }
    : { text: line, recalled: { lines, at } };
}
