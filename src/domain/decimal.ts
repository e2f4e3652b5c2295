/**
 * A decimal number in its one spelling: no plus, no zeros at the edges, no empty fraction ("1250.50" is
 * "1250.5", "-0" is "0"). Null for what is no such number, or has more than 40 digits.
 */
export function decimalText(given: string): string | null {
  if (given.length > 200) return null;
  const found = /^([+-]?)0*(\d{0,30})(?:\.(\d{1,20}))?$/.exec(given.trim());
  if (found === null || !/\d/.test(given)) return null;
  const [, sign, whole = "", fraction = ""] = found;
  const digits = (whole === "" ? "0" : whole) + dotted(fraction.replace(/0+$/, ""));
  return sign === "-" && digits !== "0" ? `-${digits}` : digits;
}

const dotted = (fraction: string): string => (fraction === "" ? "" : `.${fraction}`);

/** The same number with at least so many digits after the point: "1250.5" with 2 is "1250.50". */
export function withPlaces(decimal: string, places: number): string {
  const [whole = "0", fraction = ""] = decimal.split(".");
  return whole + dotted(fraction.padEnd(places, "0"));
}

/** a × b, exactly. */
export function product(a: string, b: string): string {
  const places = (text: string): number => text.split(".")[1]?.length ?? 0;
  const whole = BigInt(a.replace(".", "")) * BigInt(b.replace(".", ""));
  return shifted(String(whole), -(places(a) + places(b)));
}

/** Moves the point to the right (or left, if negative): "12.5" by 2 is "1250". */
export function shifted(decimal: string, by: number): string {
  const negative = decimal.startsWith("-");
  const [whole = "0", fraction = ""] = decimal.replace(/^-/, "").split(".");
  const at = whole.length + by;
  const padded = (whole + fraction).padEnd(Math.max(0, at), "0");
  const lead = at < 0 ? "0".repeat(-at) + padded : padded;
  const point = Math.max(0, at);
  const text = `${negative ? "-" : ""}${lead.slice(0, point) || "0"}${dotted(lead.slice(point))}`;
  return decimalText(text) ?? text;
}

/** Below zero where a is the smaller one, above where it is the greater, else zero; exactly. */
export function compareDecimals(a: string, b: string): number {
  const places = Math.max(...[a, b].map((text) => text.split(".")[1]?.length ?? 0));
  const whole = (text: string): bigint => {
    const [digits = "0", fraction = ""] = text.split(".");
    return BigInt(digits + fraction.padEnd(places, "0"));
  };
  const [left, right] = [whole(a), whole(b)];
  return left < right ? -1 : Number(left > right);
}
