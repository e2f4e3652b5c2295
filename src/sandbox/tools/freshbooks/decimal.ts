const DECIMAL = /^-?\d+(\.\d+)?$/;

export const isDecimal = (text: string): boolean => DECIMAL.test(text);

/** An exact number, as digits and how many of them stand behind the point. */
type Exact = { digits: bigint; scale: number };

function exact(text: string): Exact {
  const [whole = "0", fraction = ""] = text.split(".");
  return { digits: BigInt(whole + fraction), scale: fraction.length };
}

/** The product of exact decimals in hundredths, a half rounded away from zero. */
export function hundredths(...factors: readonly string[]): bigint {
  const product = factors.map(exact).reduce((left, right) => ({
    digits: left.digits * right.digits,
    scale: left.scale + right.scale,
  }));
  if (product.scale <= 2) return product.digits * 10n ** BigInt(2 - product.scale);
  const unit = 10n ** BigInt(product.scale - 2);
  const half = product.digits < 0n ? -unit / 2n : unit / 2n;
  return (product.digits + half) / unit;
}

/** Hundredths as FreshBooks writes an amount: `1222.00`. */
export function amountOf(cents: bigint): string {
  const digits = (cents < 0n ? -cents : cents).toString().padStart(3, "0");
  return `${cents < 0n ? "-" : ""}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

/** A decimal with two places behind the point, or as many as it has. */
export const atLeastHundredths = (text: string): string =>
  exact(text).scale > 2 ? text : amountOf(hundredths(text));

/** Money as FreshBooks has it everywhere in accounting. */
export type Money = { amount: string; code: string };

export const money = (cents: bigint, code: string): Money => ({ amount: amountOf(cents), code });
