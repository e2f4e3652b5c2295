import { looksSecret } from "./looks-secret.ts";

const longest = 200;

/** How an answer begins, on one line, without what looks like a key. */
export const beginningOf = (answer: string): string =>
  answer
    .slice(0, 2000)
    .replace(/<[^>]*>/g, " ")
    .replace(/[\p{Cc}\s]+/gu, " ")
    .trim()
    .split(" ")
    .map((word) => (looksSecret(word) ? "[secret]" : word))
    .join(" ")
    .slice(0, longest);
