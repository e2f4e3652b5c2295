/**
 * Characters that change how the text around them is read, or that nobody sees, as visible escapes:
 * line ends, other controls, and the marks that turn the direction of writing.
 */
export const visible = (text: string): string =>
  text.replace(
    /[\u0000-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g,
    (character) =>
      named.get(character) ?? `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );

const named = new Map([
  ["\n", "\\n"],
  ["\r", "\\r"],
  ["\t", "\\t"],
]);
