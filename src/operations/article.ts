/** "a deal", "an invoice". */
export const article = (word: string): string => (/^[aeio]/i.test(word) ? "an" : "a") + ` ${word}`;
