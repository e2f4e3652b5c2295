type Decimal = { digits: bigint; scale: number };

/** The digits a number is written with, so that 14.5 × 128.35 is 1861.075 and not a little less. */
function decimal(value: number): Decimal {
  const [mantissa = "0", exponent = "0"] = String(value).split("e");
  const [whole = "0", fraction = ""] = mantissa.split(".");
  return { digits: BigInt(whole + fraction), scale: fraction.length - Number(exponent) };
}

/** a × b in whole cents; half a cent goes away from zero. */
export function cents(a: number, b = 1): number {
  const [x, y] = [decimal(a), decimal(b)];
  const digits = x.digits * y.digits;
  const surplus = x.scale + y.scale - 2;
  if (surplus <= 0) return Number(digits * 10n ** BigInt(-surplus));
  const unit = 10n ** BigInt(surplus);
  const size = digits < 0n ? -digits : digits;
  const rounded = (size + unit / 2n) / unit;
  return Number(digits < 0n ? -rounded : rounded);
}

export const amount = (inCents: number): number => inCents / 100;
