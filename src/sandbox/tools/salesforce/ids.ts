const DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const SUFFIX = "ABCDEFGHIJKLMNOPQRSTUVWXYZ012345";
/** Which instance made a record, after the three letters that tell its object. */
const POD = "J8";

/** The n-th id with a prefix such as 003, in its form of 18 letters; a greater n sorts later. */
export function idOf(prefix: string, n: number): string {
  let rest = n;
  let number = "";
  while (rest > 0) {
    number = (DIGITS[rest % 62] ?? "") + number;
    rest = Math.floor(rest / 62);
  }
  const short = prefix + POD + number.padStart(10, "0");
  return short + suffixOf(short);
}

/**
 * The 18 letters of an id given in either form, where 15 depend on capitals and 18 do not; undefined
 * where it is neither.
 */
export function wholeId(text: string): string | undefined {
  if (/^[A-Za-z0-9]{15}$/.test(text)) return text + suffixOf(text);
  if (!/^[A-Za-z0-9]{15}[A-Za-z0-5]{3}$/.test(text)) return undefined;
  const suffix = text.slice(15).toUpperCase();
  const short = [...text.slice(0, 15)]
    .map((sign, at) => (isCapital(suffix, at) ? sign.toUpperCase() : sign.toLowerCase()))
    .join("");
  return suffixOf(short) === suffix ? short + suffix : undefined;
}

/** Each letter of the suffix tells which of five letters are capitals. */
function suffixOf(short: string): string {
  return [0, 5, 10]
    .map((start) => {
      const bits = [...short.slice(start, start + 5)].map((sign, at) =>
        /[A-Z]/.test(sign) ? 1 << at : 0,
      );
      return SUFFIX[bits.reduce((sum, bit) => sum + bit, 0)] ?? "";
    })
    .join("");
}

const isCapital = (suffix: string, at: number): boolean =>
  (SUFFIX.indexOf(suffix[Math.floor(at / 5)] ?? "") & (1 << (at % 5))) !== 0;
