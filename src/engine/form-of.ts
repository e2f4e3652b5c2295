import type { Value } from "#domain/fields.ts";

/** Whether a tool may have made this of what was written: cut, trimmed, in other letters, rounded. */
export function isFormOf(there: Value, wrote: Value): boolean {
  if (typeof there !== "string" || typeof wrote !== "string") return false;
  const [theirs, ours] = [plain(there), plain(wrote)];
  if (theirs === "") return false;
  return ours.startsWith(theirs) || isRounded(theirs, ours);
}

const plain = (text: string): string =>
  text.normalize("NFKC").replace(/\s+/g, " ").trim().toLowerCase();

const number = /^-?\d+(\.\d+)?$/;

/** The same number with fewer digits after the point. */
function isRounded(theirs: string, ours: string): boolean {
  if (!number.test(theirs) || !number.test(ours)) return false;
  const places = (theirs.split(".")[1] ?? "").length;
  return Math.abs(Number(theirs) - Number(ours)) <= 0.5 * 10 ** -places * (1 + 1e-9);
}
