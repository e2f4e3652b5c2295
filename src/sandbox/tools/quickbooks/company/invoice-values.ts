import { businessRule } from "../errors.ts";
import { filled, isObject, referred, type Values } from "../fields/values.ts";
import { localTime } from "../time.ts";
import { currencyIn, currencyRef, HOME, rateOf } from "./currencies.ts";
import type { Customer } from "./customers.ts";
import type { Lines } from "./invoice-lines.ts";
import { amount, cents } from "./money.ts";
import { dueBy } from "./terms.ts";

const COMPUTED = ["Id", "SyncToken", "MetaData", "TotalAmt", "HomeTotalAmt", "Balance", "HomeBalance", "domain", "sparse", "LinkedTxn"]; // prettier-ignore
/** Kept by an update that does not name them, sparse or not. */
const LASTING = ["CurrencyRef", "ExchangeRate"];

export const contentOf = (invoice: Values): Values =>
  Object.fromEntries(Object.entries(invoice).filter(([key]) => !COMPUTED.includes(key)));

export const lastingOf = (invoice: Values): Values =>
  Object.fromEntries(Object.entries(invoice).filter(([key]) => LASTING.includes(key)));

export type InvoiceContent = Values & {
  TxnDate: string;
  CustomerRef: Values;
  TotalAmt: number;
  Balance: number;
};

/** An invoice in full but for its number and what it is as a record: dates, currency and sums. */
export function whole(
  values: Values,
  customer: Customer,
  { lines, net }: Lines,
  paid: number,
): InvoiceContent {
  const content = filled(values);
  const TxnDate = String(content["TxnDate"] ?? localTime(Date.now()).slice(0, 10));
  const tax = isObject(content["TxnTaxDetail"])
    ? Number(content["TxnTaxDetail"]["TotalTax"] ?? 0)
    : 0;
  const total = net + cents(tax);
  if (total < 0) throw businessRule("Transaction amount must be 0 or greater.");
  const balance = Math.max(0, total - paid);
  const due = dueBy(TxnDate, content, customer);
  return {
    PrintStatus: "NeedToPrint",
    EmailStatus: "NotSet",
    ApplyTaxAfterDiscount: false,
    ...(customer["BillAddr"] !== undefined && { BillAddr: customer["BillAddr"] }),
    DueDate: due.DueDate,
    ...content,
    SalesTermRef: due.SalesTermRef,
    TxnDate,
    CustomerRef: { value: customer.Id, name: customer.DisplayName },
    ...inCurrency(content, customer, { total, balance }),
    TxnTaxDetail: { ...(content["TxnTaxDetail"] ?? {}), TotalTax: tax },
    Line: lines,
    TotalAmt: amount(total),
    Balance: amount(balance),
    domain: "QBO",
    sparse: false,
  };
}

/** An invoice is in its customer's currency (how another one is refused is unverified). */
function inCurrency(
  values: Values,
  customer: Customer,
  sums: { total: number; balance: number },
): Values {
  const own = referred(customer["CurrencyRef"]) ?? HOME;
  const asked = currencyIn(values) ?? currencyRef(own);
  if (asked["value"] !== own) {
    throw businessRule("The currency of the transaction has to be that of the customer.");
  }
  if (own === HOME) return { CurrencyRef: asked };
  const rate = Number(values["ExchangeRate"] ?? rateOf(own));
  return { CurrencyRef: asked, ExchangeRate: rate, ...atHome(sums, rate) };
}

const atHome = ({ total, balance }: { total: number; balance: number }, rate: number): Values => ({
  HomeTotalAmt: amount(cents(amount(total), rate)),
  HomeBalance: amount(cents(amount(balance), rate)),
});

/** The same invoice with other sums. */
export function owing<Content extends InvoiceContent>(
  invoice: Content,
  total: number,
  balance: number,
): Content {
  const rate = invoice["ExchangeRate"];
  return {
    ...invoice,
    TotalAmt: amount(total),
    Balance: amount(balance),
    ...(typeof rate === "number" && atHome({ total, balance }, rate)),
  };
}
