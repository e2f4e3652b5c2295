const prefixes =
  /(^|[^a-z0-9])(xox[a-z]-|xapp-|sk_(live|test)_|rk_(live|test)_|pat-[a-z]{2}\d-|gh[pousr]_|github_pat_|glpat-|shpat_|AKIA|AIza|ya29\.|eyJ[a-zA-Z0-9_-]{8,}\.|-----BEGIN)/i;

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Letters and digits mixed, long, and not the words-and-hyphens of a name or an id of ours. */
function looksRandom(word: string): boolean {
  if (word.length < 24 || uuid.test(word) || /^<[@#!]|^https?:\/\/[^?]*$/.test(word)) return false;
  const longest = Math.max(...word.split(/[-_.:/=]/).map((part) => part.length));
  const mixed = /\d/.test(word) && /[a-z]/i.test(word);
  return (
    mixed && (longest >= 20 || (/[a-z]/.test(word) && /[A-Z]/.test(word) && word.length >= 32))
  );
}

/**
 * Whether a line holds what looks like a key or a token. Such a line is refused and never logged:
 * whatever is typed into Slack has passed through Slack's servers and everybody's clients.
 */
export const looksLikeSecret = (text: string): boolean =>
  prefixes.test(text) || text.split(/[\s"'`,]+/).some(looksRandom);
