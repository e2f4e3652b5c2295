import { distance } from "fastest-levenshtein";

/** The option a person probably meant, or null when none is near. */
export function nearest(word: string, options: readonly string[]): string | null {
  const typed = word.trim().toLowerCase();
  if (typed === "") return null;
  const far = (option: string) => slips(typed, option.toLowerCase());
  const [best] = [...options].sort((a, b) => far(a) - far(b));
  if (best !== undefined && far(best) <= Math.max(1, Math.floor(best.length * 0.4))) return best;
  const beginning = options.filter((option) => option.toLowerCase().startsWith(typed));
  return beginning.length === 1 && beginning[0] !== undefined ? beginning[0] : null;
}

/** Letters wrong; the same letters in another order ("rnu") are one slip of the fingers. */
const slips = (typed: string, meant: string): number =>
  typed !== meant && letters(typed) === letters(meant) ? 1 : distance(typed, meant);

const letters = (word: string): string => [...word].sort().join("");

/** "a", "a and b", "a, b and c"; the rest is counted. */
export function listed(words: readonly string[], most = 5): string {
  const shown = words.slice(0, words.length > most ? most - 1 : most);
  const rest = words.length - shown.length;
  const parts = rest > 0 ? [...shown, `${rest} more`] : shown;
  return parts.length < 2 ? parts.join("") : `${parts.slice(0, -1).join(", ")} and ${parts.at(-1)}`;
}
