import { businessRule, invalidReference } from "../errors.ts";
import { referred, type Values } from "../fields/values.ts";

export const HOME = "USD";

/** How many US dollars one unit is worth, on every day alike. */
const RATES: Record<string, [name: string, rate: number]> = {
  USD: ["United States Dollar", 1],
  EUR: ["Euro", 1.09],
  GBP: ["British Pound Sterling", 1.28],
  CHF: ["Swiss Franc", 1.14],
  SEK: ["Swedish Krona", 0.095],
  PLN: ["Polish Zloty", 0.25],
  JPY: ["Japanese Yen", 0.0066],
  INR: ["Indian Rupee", 0.0119],
  BRL: ["Brazilian Real", 0.18],
  KES: ["Kenyan Shilling", 0.0077],
  CAD: ["Canadian Dollar", 0.73],
  AUD: ["Australian Dollar", 0.66],
  DKK: ["Danish Krone", 0.146],
  NOK: ["Norwegian Krone", 0.093],
};

export const rateOf = (currency: string): number => RATES[currency]?.[1] ?? 1;

export const currencyRef = (value: string): Values => ({
  value,
  name: RATES[value]?.[0] ?? value,
});

/** The currency a request names, in full; undefined where it names none. Only its form is checked. */
export function currencyIn(values: Values): Values | undefined {
  const code = referred(values["CurrencyRef"]);
  if (code === undefined) return undefined;
  if (!/^[A-Z]{3}$/.test(code)) throw invalidReference("Currency", code);
  return currencyRef(code);
}

/** The currency of a customer or of an invoice stays what it was (how that is worded is unverified). */
export function refuseNewCurrency(before: Values, after: Values): void {
  if (referred(before["CurrencyRef"]) === referred(after["CurrencyRef"])) return;
  throw businessRule("The currency cannot be changed once it is set.");
}
