import type { Company } from "../company/company.ts";
import type { Customer } from "../company/customers.ts";
import { plainWay } from "../company/entity.ts";
import { cents } from "../company/money.ts";
import type { Values } from "../fields/values.ts";

const FIRST = Date.parse("2026-02-02T17:30:00Z");
const EVERY = 6 * 86_400_000;
const MOST = 48;
const EACH = 5;

/** So many invoices of the company's first customers; the last two of seven owe nothing. */
export function seedInvoices(company: Company, count: number, flawed: boolean): void {
  const customers = [...company.customers.all()].filter(({ Active }) => Active);
  if (customers.length === 0) return;
  for (let n = 0; n < count; n += 1) {
    const customer = customers[n % customers.length] as Customer;
    const at = FIRST + n * EVERY;
    const values = { ...invoiceValues(n, customer.Id, at), ...(flawed ? flaws[n] : undefined) };
    const invoice = company.invoices.create(values, at, {
      ...plainWay,
      allowDuplicateNumber: true,
    });
    const paid = n % customers.length >= EACH ? 1 : PAID[n % PAID.length];
    if (paid !== undefined && paid > 0)
      company.invoices.pay(invoice, invoice.TotalAmt * paid, at + EVERY);
  }
}

/** How many invoices go with so many customers. */
export const invoicesFor = (customers: number): number => Math.min(MOST, customers * EACH);

/** How much of every fourth, fifth … was paid so far. */
const PAID = [0, 1, 0, 0.5, 1];

/** A made-up invoice for a customer. */
export function invoiceValues(n: number, customer: string, at: number): Values {
  const hours = 1 + (n % 7) / 2;
  const litres = 1 + (n % 4);
  const sold = [
    line("2", hours, 85, "Work on site"),
    line("5", litres, 39.9, "Paint, 5 l"),
    line("4", 1, 14.5, "Delivery"),
  ].slice(0, 1 + (n % 3));
  return {
    CustomerRef: { value: customer },
    TxnDate: new Date(at).toISOString().slice(0, 10),
    Line: sold,
    ...(n % 4 === 0 && { CustomerMemo: { value: "Thank you for your order." } }),
    ...(n % 3 === 0 && { SalesTermRef: { value: String(1 + (n % 4)) } }),
  };
}

const line = (item: string, Qty: number, UnitPrice: number, Description: string): Values => ({
  Description,
  Amount: cents(Qty, UnitPrice) / 100,
  DetailType: "SalesItemLineDetail",
  SalesItemLineDetail: { ItemRef: { value: item }, Qty, UnitPrice },
});

/** What is out of the ordinary about some of them. */
const flaws: Record<number, Values> = {
  4: { PrivateNote: "<b>Call</b> before noon ☎", DocNumber: "A-2026/017" },
  // The number of another one.
  9: { DocNumber: "1005" },
  // Half a cent that is rounded up.
  14: { Line: [line("4", 128.35, 14.5, "Delivery by weight")] },
  18: {
    Line: [
      line("3", 3, 75, "Design"),
      { DetailType: "DescriptionOnly", Description: "As agreed on the phone" },
      { DetailType: "DiscountLineDetail", DiscountLineDetail: { PercentBased: true, DiscountPercent: 10 } }, // prettier-ignore
    ],
  },
  23: { TxnTaxDetail: { TotalTax: 3.21 } },
};
