import { distance } from "fastest-levenshtein";

/** `; did you mean lag?` where something allowed is close to what was written, else nothing. */
function didYouMean(written: string, allowed: readonly string[]): string {
  const near = allowed
    .map((word) => ({ word, far: distance(written.toLowerCase(), word.toLowerCase()) }))
    .filter(({ word, far }) => far <= Math.max(1, Math.floor(word.length / 3)))
    .sort((a, b) => a.far - b.far)[0];
  return near === undefined ? "" : `; did you mean ${near.word}?`;
}

/** "… is not known here; did you mean x? Accepted: a, b" */
export const unknown = (what: string, written: string, allowed: readonly string[]): string =>
  `${what} ${written} is not known${didYouMean(written, allowed) || ";"} accepted: ${allowed.join(", ") || "none"}`; // prettier-ignore
