/** Beginnings of keys that tools give out, so that one pasted in the wrong place is not repeated. */
const keyBeginnings =
  /^(xox[a-z]-|xapp-|xwfp-|sk[-_]|rk_|pk_|pat[-_]|ghp_|gho_|github_pat_|glpat-|eyJ|AKIA|AIza|ya29\.|Bearer |whsec_|SG\.|EAA|dp\.|shpat_|-----BEGIN)/i;

/** Whether a word begins as keys of tools do and is as long as one. */
export const beginsLikeKey = (word: string): boolean =>
  keyBeginnings.test(word) && word.length >= 16 && /\d/.test(word);

/** Whether a text looks like a secret itself: a known beginning, or long and without any words. */
export function looksSecret(text: string): boolean {
  const value = text.trim();
  if (keyBeginnings.test(value)) return value.length >= 12;
  return value.length >= 24 && /^[\w+/=.~-]+$/.test(value) && /\d/.test(value) && mixed(value);
}

const mixed = (value: string): boolean => {
  const digits = value.replace(/\D/g, "").length;
  return /[a-z]/i.test(value) && digits >= 4 && !/^[a-z]+(-[a-z0-9]+)*$/.test(value)
    ? true
    : /^[0-9a-f]{32,}$/i.test(value);
};
