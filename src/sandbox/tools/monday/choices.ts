/** Switches that take one of several words. */
export const aChoice =
  <Word extends string>(words: readonly Word[], set: (word: Word) => void) =>
  (value: unknown): void => {
    const word = words.find((one) => one === value);
    if (word === undefined) throw new Error(`It is one of ${words.join(", ")}.`);
    set(word);
  };

export const aNumber =
  (set: (value: number) => void) =>
  (value: unknown): void => {
    if (typeof value !== "number" || value < 0) throw new Error("It is a number.");
    set(value);
  };
